package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LargestUnionTest {
  private static final List<Mask> ALL = List.of(Mask.full(3), Mask.full(2));

  /** The first ranking's order is 0 3 1 4 2, that of the second 4 1 2 0 3. */
  @Test
  void rankingsTakeTurnsUntilTheCountIsReached() {
    List<List<int[]>> keys =
        List.of(
            List.of(new int[] {9, 5, 1}, new int[] {7, 3}),
            List.of(new int[] {3, 8, 6}, new int[] {1, 9}));
    assertThat(entries(LargestUnion.of(keys, ALL, 0))).isEmpty();
    assertThat(entries(LargestUnion.of(keys, ALL, 1))).containsExactly(0);
    assertThat(entries(LargestUnion.of(keys, ALL, 2))).containsExactly(0, 4);
    assertThat(entries(LargestUnion.of(keys, ALL, 3))).containsExactly(0, 3, 4);
    assertThat(entries(LargestUnion.of(keys, ALL, 4))).containsExactly(0, 1, 3, 4);
    assertThat(entries(LargestUnion.of(keys, ALL, 5))).containsExactly(0, 1, 2, 3, 4);
    assertThatThrownBy(() -> LargestUnion.of(keys, ALL, 6))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Many ties, keys of either sign, and a third of the entries gone. */
  @Test
  void isTheUnionOfEachOnesLargestExactlyAndOfOneThoseAlone() {
    KeyedRandom draws = KeyedRandom.of(1, "union");
    BitSet some = new BitSet();
    IntStream.range(0, 40).filter(i -> i % 3 != 0).forEach(some::set);
    List<Mask> eligible = List.of(Mask.of(some, 40), Mask.full(20));
    List<List<int[]>> keys = new ArrayList<>();
    for (int ranking = 0; ranking < 3; ranking++) {
      keys.add(List.of(drawn(draws, 40), drawn(draws, 20)));
    }
    for (int kept = 0; kept <= eligible.get(0).kept() + 20; kept++) {
      List<Integer> union = entries(LargestUnion.of(keys, eligible, kept));
      assertThat(union).hasSize(kept).isSubsetOf(entries(eligible));
      int each = 0;
      while (each < kept && union.containsAll(largest(keys, eligible, each + 1))) {
        each++;
      }
      assertThat(union).containsAll(largest(keys, eligible, each));
      assertThat(largest(keys, eligible, each + 1)).containsAll(union);
      assertThat(LargestUnion.of(keys.subList(1, 2), eligible, kept))
          .isEqualTo(LargestKeys.of(keys.get(1), eligible, kept));
    }
  }

  /** What any ranking has among its so many largest. */
  private static List<Integer> largest(List<List<int[]>> keys, List<Mask> eligible, int count) {
    List<Integer> union = new ArrayList<>();
    for (List<int[]> ranking : keys) {
      int[] flat =
          IntStream.concat(Arrays.stream(ranking.get(0)), Arrays.stream(ranking.get(1))).toArray();
      List<Integer> order = new ArrayList<>(entries(eligible));
      order.sort(Comparator.comparing(i -> -Integer.toUnsignedLong(flat[i])));
      union.addAll(order.subList(0, Math.min(count, order.size())));
    }
    return union;
  }

  private static int[] drawn(KeyedRandom draws, int size) {
    return IntStream.range(0, size).map(i -> draws.nextInt(9) - 4).toArray();
  }

  private static List<Integer> entries(List<Mask> masks) {
    int first = masks.get(0).size();
    return IntStream.range(0, first + masks.get(1).size())
        .filter(i -> i < first ? masks.get(0).keeps(i) : masks.get(1).keeps(i - first))
        .boxed()
        .toList();
  }
}
