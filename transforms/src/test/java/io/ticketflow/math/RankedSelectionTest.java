package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Selections whose keys are made a piece at a time. */
class RankedSelectionTest {
  /** Several pieces, the last one no whole word. */
  private static final int[] SIZES = {3 * 4096 + 77, 1, 64, 4096};

  private final Random random = new Random(5);

  /** Few magnitudes, so that most entries tie, zeros of both signs among them. */
  private Ranked drawn(int size, boolean whole) {
    float[] values = new float[size];
    BitSet left = new BitSet();
    for (int i = 0; i < size; i++) {
      values[i] = (random.nextInt(9) - 4) * (random.nextBoolean() ? 0.25f : -0.25f);
      left.set(i, whole || random.nextInt(3) > 0);
    }
    return new Ranked("w" + size, values, Mask.of(left, size));
  }

  @Test
  void keepsWhatSortingByMagnitudeThenTensorThenIndexKeeps() {
    for (boolean whole : new boolean[] {true, false}) {
      List<Ranked> tensors = new ArrayList<>();
      for (int size : SIZES) {
        tensors.add(drawn(size, whole));
      }
      record Entry(int tensor, int index, float magnitude) {}
      List<Entry> entries = new ArrayList<>();
      for (int t = 0; t < tensors.size(); t++) {
        Ranked tensor = tensors.get(t);
        for (int i = 0; i < tensor.values().length; i++) {
          if (tensor.eligible().keeps(i)) {
            entries.add(new Entry(t, i, Math.abs(tensor.values()[i])));
          }
        }
      }
      entries.sort(Comparator.comparingDouble((Entry entry) -> -entry.magnitude())); // stable
      for (int kept : new int[] {0, 1, 63, 5_000, 9_999, entries.size()}) {
        List<BitSet> expected = tensors.stream().map(any -> new BitSet()).toList();
        entries.subList(0, kept).forEach(entry -> expected.get(entry.tensor()).set(entry.index()));

        List<Mask> masks = LargestKeys.of(new MagnitudeRanking(), tensors, kept);

        for (int t = 0; t < tensors.size(); t++) {
          assertThat(masks.get(t)).isEqualTo(Mask.of(expected.get(t), SIZES[t]));
        }
      }
    }
  }

  @Test
  void everyRankingMakesTheSameKeysInPiecesAsAtOnce() {
    Ranked tensor = drawn(SIZES[0], false);
    Mask chosen = drawn(SIZES[0], false).eligible();
    for (Ranking ranking :
        List.of(
            new MagnitudeRanking(),
            new ScoreRanking(),
            new RandomRanking(3),
            new ChosenRanking(Map.of(tensor.tensor(), chosen)))) {
      int[] keys = ranking.of(tensor.tensor()).next(tensor.values());
      for (long kept : new long[] {1, 777, tensor.eligible().kept()}) {
        assertThat(LargestKeys.of(ranking, List.of(tensor), kept))
            .containsExactly(LargestKeys.of(keys, tensor.eligible(), kept));
      }
    }
  }

  @Test
  void namesTheTensorOfAValueThatIsNotFinite() {
    for (float odd : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      float[] values = new float[5000];
      values[4999] = odd;
      Ranked tensor = new Ranked("fc.weight", values, Mask.full(5000));

      assertThatThrownBy(() -> LargestKeys.of(new MagnitudeRanking(), List.of(tensor), 7))
          .isInstanceOf(NonFiniteWeightsException.class)
          .hasMessage("tensor fc.weight has a weight that is " + odd);
    }
  }
}
