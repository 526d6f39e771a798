package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VoteTest {
  private static final List<Mask> MASKS = List.of(mask(0, 1, 2), mask(1, 2, 3), mask(2, 4, 0));

  private static Mask mask(int... kept) {
    BitSet bits = new BitSet();
    for (int entry : kept) {
      bits.set(entry);
    }
    return Mask.of(bits, 6);
  }

  @Test
  void countsByHand() {
    assertThat(Vote.UNION.of(MASKS)).isEqualTo(mask(0, 1, 2, 3, 4));
    assertThat(Vote.INTERSECTION.of(MASKS)).isEqualTo(mask(2));
    assertThat(Vote.MAJORITY.of(MASKS)).isEqualTo(mask(0, 1, 2));
    // half of them is not more than half
    assertThat(Vote.MAJORITY.of(MASKS.subList(0, 2))).isEqualTo(mask(1, 2));
    for (Vote vote : Vote.values()) {
      assertThat(vote.of(MASKS.subList(0, 1))).isEqualTo(MASKS.get(0));
    }
    assertThatThrownBy(() -> Vote.UNION.of(List.of(mask(0), Mask.full(5))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsChosenComesFirstAndTheLargestOfBoth() {
    float[] values = {0.1f, -9, 0.3f, 8, 0, -0.2f};
    ChosenRanking ranking = new ChosenRanking(Map.of("w", mask(0, 2, 4)));
    // chosen: 2, 0, 4 by size; then 1, 3, 5
    int[][] orders = {{2}, {2, 0}, {2, 0, 4}, {2, 0, 4, 1}, {2, 0, 4, 1, 3}};
    for (int[] kept : orders) {
      int[] keys = ranking.of("w").next(values);
      assertThat(LargestKeys.of(keys, Mask.full(6), kept.length)).isEqualTo(mask(kept));
    }
    Ranking.Keys inChunks = ranking.of("w");
    inChunks.next(new float[] {0.1f, -9});
    assertThat(inChunks.next(new float[] {0.3f})[0]).isNegative();
  }
}
