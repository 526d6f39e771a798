package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final List<Float> EDGES =
      List.of(
          0f,
          -0f,
          Float.MIN_VALUE,
          -Float.MIN_VALUE,
          Float.MIN_NORMAL,
          Math.nextDown(Float.MIN_NORMAL),
          Float.MAX_VALUE,
          -Float.MAX_VALUE,
          1f,
          Math.nextUp(1f),
          -1f);

  /** One tensor in chunks: what is kept of the entries left, by the two classes under test. */
  private static BitSet select(List<float[]> chunks, List<Mask> left, long kept) {
    Ranking ranking = new MagnitudeRanking();
    ThresholdSearch search = new ThresholdSearch(kept);
    for (int visit = 0; visit < ThresholdSearch.VISITS; visit++) {
      Ranking.Keys keys = ranking.of("w");
      for (int i = 0; i < chunks.size(); i++) {
        search.count(keys.next(chunks.get(i)), left.get(i));
      }
      search.endVisit();
    }
    Survivors survivors = new Survivors(search.threshold());
    Ranking.Keys keys = ranking.of("w");
    BitSet all = new BitSet();
    int offset = 0;
    for (int i = 0; i < chunks.size(); i++) {
      Mask mask = survivors.next(keys.next(chunks.get(i)), left.get(i));
      assertThat(mask.isSubsetOf(left.get(i))).isTrue();
      for (int j = 0; j < mask.size(); j++) {
        all.set(offset + j, mask.keeps(j));
      }
      offset += mask.size();
    }
    return all;
  }

  private static BitSet select(float[] values, long kept) {
    return select(List.of(values), List.of(Mask.full(values.length)), kept);
  }

  /** Independent of the above: sort everything by magnitude, then by index. */
  private static BitSet bySorting(float[] values, BitSet left, int kept) {
    List<Integer> order = new ArrayList<>(left.stream().boxed().toList());
    order.sort(
        Comparator.comparingDouble((Integer i) -> -Math.abs((double) values[i]))
            .thenComparing(i -> i));
    BitSet expected = new BitSet();
    order.subList(0, kept).forEach(expected::set);
    return expected;
  }

  @Provide
  Arbitrary<Float> weights() {
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(2, Arbitraries.of(EDGES)),
        net.jqwik.api.Tuple.of(1, Arbitraries.floats()),
        net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(-3, 3).map(i -> i * 0.25f)));
  }

  @Property(tries = 500)
  void keepsWhatSortingKeepsHoweverTheStreamIsCut(
      @ForAll("weightLists") float[] values, @ForAll int seed) {
    KeyedRandom random = KeyedRandom.of(seed, "cuts");
    BitSet left = new BitSet();
    List<float[]> chunks = new ArrayList<>();
    List<Mask> masks = new ArrayList<>();
    for (int from = 0; from < values.length; ) {
      int to = Math.min(values.length, from + 1 + random.nextInt(values.length));
      BitSet part = new BitSet();
      for (int i = from; i < to; i++) {
        if (random.nextInt(4) > 0) {
          left.set(i);
          part.set(i - from);
        }
      }
      chunks.add(Arrays.copyOfRange(values, from, to));
      masks.add(Mask.of(part, to - from));
      from = to;
    }
    int kept = random.nextInt(left.cardinality() + 1);

    BitSet selected = select(chunks, masks, kept);

    assertThat(selected).isEqualTo(bySorting(values, left, kept));
    float leastKept = Float.POSITIVE_INFINITY;
    float mostPruned = 0;
    for (int i = left.nextSetBit(0); i >= 0; i = left.nextSetBit(i + 1)) {
      float magnitude = Math.abs(values[i]);
      if (selected.get(i)) {
        leastKept = Math.min(leastKept, magnitude);
      } else {
        mostPruned = Math.max(mostPruned, magnitude);
      }
    }
    assertThat(mostPruned).isLessThanOrEqualTo(leastKept);
  }

  @Provide
  Arbitrary<float[]> weightLists() {
    return weights().array(float[].class).ofMinSize(1).ofMaxSize(60);
  }

  @Test
  void keepsExactCountWhenMagnitudesTie() {
    float[] ones = new float[1000];
    for (int i = 0; i < ones.length; i++) {
      ones[i] = i % 2 == 0 ? 0.5f : -0.5f;
    }

    for (int kept : new int[] {0, 1, 500, 999, 1000}) {
      BitSet selected = select(ones, kept);
      assertThat(selected.cardinality()).isEqualTo(kept);
      assertThat(selected.length()).as("the first ones").isEqualTo(kept);
    }
  }

  @Test
  void zerosOfEitherSignTie() {
    assertThat(select(new float[] {-0f, 0f, -0f, 1f}, 2)).hasToString("{0, 3}");
    assertThat(select(new float[] {0f, -0f, -0f, 1f}, 3)).hasToString("{0, 1, 3}");
  }

  @Test
  void tellsNeighbouringFloatsApart() {
    float x = 0.1f;

    assertThat(select(new float[] {x, Math.nextUp(x), Math.nextDown(x), -x}, 2))
        .hasToString("{0, 1}");
    assertThat(select(new float[] {0f, Float.MIN_VALUE, 2 * Float.MIN_VALUE}, 1))
        .hasToString("{2}");
  }

  @Test
  void refusesToKeepMoreThanThereAre() {
    assertThatThrownBy(() -> select(new float[] {1, 2}, 3))
        .hasMessage("cannot keep 3 entries: there are 1 fewer");
    assertThatThrownBy(() -> new ThresholdSearch(-1)).hasMessageContaining("-1");
  }

  @Test
  void randomKeysAreOneOrderForAllCyclesWhateverTheChunks() {
    Ranking ranking = new RandomRanking(5);
    int[] whole = ranking.of("w").next(new float[100]);
    Ranking.Keys chunked = ranking.of("w");
    int[] head = chunked.next(new float[30]);
    int[] tail = chunked.next(new float[70]);

    assertThat(Arrays.copyOf(whole, 30)).isEqualTo(head);
    assertThat(Arrays.copyOfRange(whole, 30, 100)).isEqualTo(tail);
    assertThat(ranking.of("v").next(new float[100])).isNotEqualTo(whole);
    assertThat(new RandomRanking(6).of("w").next(new float[100])).isNotEqualTo(whole);
    assertThat(Arrays.stream(whole).min().getAsInt()).isNotNegative();
  }

  @Test
  void randomSelectionKeepsEverySubsetEquallyOften() {
    int[] counts = new int[32];
    int draws = 10_000;
    for (int seed = 0; seed < draws; seed++) {
      int[] keys = new RandomRanking(seed).of("w").next(new float[5]);
      ThresholdSearch search = new ThresholdSearch(2);
      for (int visit = 0; visit < ThresholdSearch.VISITS; visit++) {
        search.count(keys, Mask.full(5));
        search.endVisit();
      }
      counts[new Survivors(search.threshold()).next(keys, Mask.full(5)).toBytes()[0]]++;
    }

    double chiSquare = 0;
    for (int subset = 0; subset < counts.length; subset++) {
      if (Integer.bitCount(subset) == 2) {
        double gap = counts[subset] - draws / 10.0;
        chiSquare += gap * gap / (draws / 10.0);
      } else {
        assertThat(counts[subset]).isZero();
      }
    }
    // 99.9 % of chi-square with 9 degrees of freedom.
    assertThat(chiSquare).isLessThan(27.88);
  }
}
