package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class ScoreRankingTest {
  private static final Ranking RANKING = new ScoreRanking();

  private static Mask select(float[] scores, Mask eligible, long kept) {
    int[] keys = RANKING.of("w").next(scores);
    ThresholdSearch search = new ThresholdSearch(kept);
    for (int visit = 0; visit < ThresholdSearch.VISITS; visit++) {
      search.count(keys, eligible);
      search.endVisit();
    }
    return new Survivors(search.threshold()).next(keys, eligible);
  }

  @Provide
  Arbitrary<float[]> scores() {
    return Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.floats()),
            Tuple.of(1, Arbitraries.of(0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE)),
            Tuple.of(1, Arbitraries.of(Float.MAX_VALUE, -Float.MAX_VALUE)),
            Tuple.of(2, Arbitraries.integers().between(-3, 3).map(i -> i * 0.25f)))
        .array(float[].class)
        .ofMinSize(1)
        .ofMaxSize(50);
  }

  @Property(tries = 500)
  void keepsWhatSortingBySignedScoreKeepsAndTheFirstOfEquals(
      @ForAll("scores") float[] scores, @ForAll int seed) {
    KeyedRandom random = KeyedRandom.of(seed, "eligible");
    BitSet left = new BitSet();
    for (int i = 0; i < scores.length; i++) {
      left.set(i, random.nextInt(3) > 0);
    }
    int kept = random.nextInt(left.cardinality() + 1);
    List<Integer> order = new ArrayList<>(left.stream().boxed().toList());
    // + 0.0 makes +0 of −0, which the comparator would tell apart
    order.sort(Comparator.comparingDouble((Integer i) -> -(scores[i] + 0.0) + 0.0));
    BitSet expected = new BitSet();
    order.subList(0, kept).forEach(expected::set);

    Mask selected = select(scores, Mask.of(left, scores.length), kept);

    assertThat(selected).isEqualTo(Mask.of(expected, scores.length));
  }

  @Test
  void keysAscendWithoutSignFromTheMostNegativeToTheLargest() {
    int[] keys =
        RANKING
            .of("w")
            .next(
                new float[] {
                  -Float.MAX_VALUE,
                  -1,
                  Math.nextUp(-1f),
                  -Float.MIN_VALUE,
                  0,
                  Float.MIN_VALUE,
                  1,
                  Math.nextUp(1f),
                  Float.MAX_VALUE
                });
    for (int i = 1; i < keys.length; i++) {
      assertThat(Integer.compareUnsigned(keys[i - 1], keys[i])).isNegative();
    }
    assertThat(RANKING.of("w").next(new float[] {-0f})[0]).isEqualTo(keys[4]);
  }

  @Test
  void keepsNothingOfTheLargestScoresIfNothingShallStay() {
    float[] scores = {Float.MAX_VALUE, 1};
    assertThat(select(scores, Mask.full(2), 0).kept()).isZero();
  }

  @Test
  void namesTheTensorOfAScoreThatIsNotFinite() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> RANKING.of("conv.weight").next(new float[] {1, bad}))
          .isInstanceOf(NonFiniteWeightsException.class)
          .hasMessage("tensor conv.weight has a score that is " + bad);
    }
  }
}
