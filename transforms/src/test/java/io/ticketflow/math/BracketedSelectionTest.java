package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Selections large enough to be told by a bracket from a sample. */
class BracketedSelectionTest {
  /** The last is no whole word. */
  private static final int[] SIZES = {700_000, 5, 600_003};

  private static final Bracket ALL = new Bracket(0, -1);

  private final Random random = new Random(9);

  private List<Ranked> tensors(boolean whole, IntToDoubleFunction value) {
    return Arrays.stream(SIZES)
        .mapToObj(
            size -> {
              float[] values = new float[size];
              BitSet left = new BitSet();
              for (int i = 0; i < size; i++) {
                values[i] = (float) value.applyAsDouble(i);
                left.set(i, whole || random.nextInt(8) > 0);
              }
              return new Ranked("w" + size, values, Mask.of(left, size));
            })
        .toList();
  }

  /** By sorting all eligible entries: the greater first, then the earlier. */
  private static List<BitSet> sorted(List<Ranked> tensors, boolean magnitudes, long kept) {
    long[] order = new long[Arrays.stream(SIZES).sum()];
    int size = 0;
    int at = 0;
    for (Ranked tensor : tensors) {
      for (int i = 0; i < tensor.values().length; i++, at++) {
        if (tensor.eligible().keeps(i)) {
          float value = magnitudes ? Math.abs(tensor.values()[i]) : tensor.values()[i];
          int bits = Float.floatToIntBits(value + 0f);
          long ascending = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
          order[size++] = -ascending << Integer.SIZE | at;
        }
      }
    }
    Arrays.sort(order, 0, size);
    List<BitSet> masks = tensors.stream().map(any -> new BitSet()).toList();
    for (int i = 0; i < kept; i++) {
      int place = (int) order[i];
      int t = 0;
      while (place >= SIZES[t]) {
        place -= SIZES[t++];
      }
      masks.get(t).set(place);
    }
    return masks;
  }

  private static void assertSorted(List<Ranked> tensors, Ranking ranking, long kept) {
    List<Mask> masks = LargestKeys.of(ranking, tensors, kept);

    List<BitSet> expected = sorted(tensors, ranking instanceof MagnitudeRanking, kept);
    for (int t = 0; t < SIZES.length; t++) {
      assertThat(masks.get(t).equals(Mask.of(expected.get(t), SIZES[t])))
          .as("tensor %d, %d kept", t, kept)
          .isTrue();
    }
  }

  private static long all(List<Ranked> tensors) {
    return tensors.stream().mapToLong(tensor -> tensor.eligible().kept()).sum();
  }

  @Test
  void keepsWhatSortingKeeps() {
    for (boolean whole : new boolean[] {true, false}) {
      List<Ranked> tensors = tensors(whole, i -> random.nextGaussian());
      for (long kept : new long[] {1, 60_000, 900_000, all(tensors)}) {
        assertSorted(tensors, new MagnitudeRanking(), kept);
      }
      assertSorted(tensors, new ScoreRanking(), 300_000);
    }
  }

  @Test
  void keepsTheFirstOfThoseTiedWhateverTheirNumber() {
    for (int levels : new int[] {1, 3, 10_000}) {
      List<Ranked> tensors =
          tensors(false, i -> random.nextInt(levels) * (random.nextBoolean() ? 0.5 : -0.5));
      assertSorted(tensors, new MagnitudeRanking(), 123_456);
    }
  }

  /** Large at every entry that the sample sees, small at every one that it does not. */
  @Test
  void aSampleThatMisleadsChangesNothing() {
    for (double seen : new double[] {100, 0.001}) {
      List<Ranked> tensors =
          tensors(true, i -> random.nextGaussian() * (i % 1021 == 510 ? seen : 1));
      assertSorted(tensors, new MagnitudeRanking(), 80_000);
    }
  }

  @Test
  void aBracketThatMissesOrHoldsTooMuchGivesNothing() {
    List<Ranked> tensors = tensors(true, i -> i);
    Ranking ranking = new MagnitudeRanking();
    int half = Float.floatToRawIntBits(450_000f);
    int more = Float.floatToRawIntBits(460_000f);

    // Above lie 239,999 and 140,002 entries, within 10,001 and 10,001.
    assertThat(BracketedSelection.of(new Bracket(half, more), ranking, tensors, 1_000)).isEmpty();
    assertThat(BracketedSelection.of(new Bracket(half, more), ranking, tensors, 900_000)).isEmpty();
    assertThat(BracketedSelection.of(ALL, ranking, tensors, 900_000)).isEmpty();
    assertThat(BracketedSelection.of(new Bracket(half, more), ranking, tensors, 390_000))
        .isPresent();
  }

  @Test
  void theBracketIsNarrowAndHoldsTheThreshold() {
    float[] values = new float[2_000_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + (float) ((i * 7_919L) % values.length) / values.length;
    }
    Ranked tensor = new Ranked("w", values, Mask.full(values.length));

    Bracket bracket =
        Bracket.of(new MagnitudeRanking(), List.of(tensor), values.length / 20).orElseThrow();

    assertThat(Float.intBitsToFloat(bracket.low())).isBetween(1.9f, 1.95f);
    assertThat(Float.intBitsToFloat(bracket.high())).isBetween(1.95f, 1.98f);
  }

  @Test
  void fewEntriesAndKeysInSequenceHaveNoBracket() {
    Ranked few = new Ranked("w", new float[1000], Mask.full(1000));
    Ranked many = new Ranked("w", new float[2_000_000], Mask.full(2_000_000));

    assertThat(Bracket.of(new MagnitudeRanking(), List.of(few), 10)).isEmpty();
    assertThat(Bracket.of(new RandomRanking(1), List.of(many), 10)).isEmpty();
  }

  @Test
  void namesTheFirstTensorWithAValueThatIsNotFinite() {
    for (int place : new int[] {510, 511}) {
      List<Ranked> tensors = tensors(true, i -> 1);
      tensors.get(0).values()[699_999] = Float.NaN;
      tensors.get(2).values()[place] = Float.POSITIVE_INFINITY;

      assertThatThrownBy(() -> LargestKeys.of(new MagnitudeRanking(), tensors, 7))
          .isInstanceOf(NonFiniteWeightsException.class)
          .hasMessage("tensor w700000 has a weight that is NaN");
    }
  }
}
