package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TiesMergeTest {
  private static final Mask ALL = Mask.full(4);

  private static Mask mask(int... kept) {
    BitSet bits = new BitSet();
    for (int i : kept) {
      bits.set(i);
    }
    return Mask.of(bits, 4);
  }

  /**
   * Steps from (1, 1, 1, 1): a = (4, −2, 1, −3), b = (2, 5, −1, 0), of each its two largest. Entry
   * 0: 4 and 2 stay, or 4 alone. Entry 1: b's 5 alone. Entry 2: none. Entry 3: a's −3 alone.
   */
  @Test
  void takesWhatStays() {
    float[] anchor = {1, 1, 1, 1};
    float[] a = {5, -1, 2, -2};
    float[] b = {3, 6, 0, 1};

    assertThat(TiesMerge.of(anchor, List.of(a, b), List.of(mask(0, 3), mask(0, 1)), 1))
        .containsExactly(1 + 3, 1 + 5, 1, 1 - 3);
    assertThat(TiesMerge.of(anchor, List.of(a, b), List.of(mask(0, 3), mask(1)), 0.5))
        .containsExactly(1 + 2, 3.5f, 1, -0.5f);
  }

  /** The larger sum decides, not the larger number of copies: 5 against 1 + 1. */
  @Test
  void electsTheSignOfTheLargerSumAndTakesTheMeanOfThoseThatHaveIt() {
    float[] anchor = new float[4];
    float[] a = {5, 1, 2, 1};
    float[] b = {-1, 2, -2, 0};
    float[] c = {-1, -4, 0, 1};

    assertThat(TiesMerge.of(anchor, List.of(a, b, c), List.of(ALL, ALL, ALL), 1))
        // 5; −4 against 3; 2 against 2 stays; 1 and 1, not thirds
        .containsExactly(5, -4, 0, 1);
  }

  @Test
  void ofStepsOfOneSignThatAllStayItIsTheMean() {
    float[] anchor = {0.5f, -1, 2, 0};
    float[] a = {1.5f, 0, 4, -1};
    float[] b = {2.5f, 1, 2.5f, -3};

    assertThat(TiesMerge.of(anchor, List.of(a, b), List.of(ALL, ALL), 1))
        .isEqualTo(ExactMean.of(List.of(a, b)));
    assertThat(TiesMerge.of(anchor, List.of(a), List.of(ALL), 1)).isEqualTo(a);
    assertThat(TiesMerge.of(anchor, List.of(a, a, a), List.of(ALL, ALL, ALL), 1)).isEqualTo(a);
  }

  /** 0.1 and 1/3 are no numbers of binary places: the copy comes back all the same. */
  @Test
  void equalCopiesComeBackFromFarAnchors() {
    float[] anchor = {1, -3, 0.1f, 1e-3f};
    float[] copy = {0.1f, 1e-4f, -1f / 3, 7.7f};

    assertThat(TiesMerge.of(anchor, List.of(copy, copy, copy), List.of(ALL, ALL, ALL), 1))
        .isEqualTo(copy);
  }

  @Test
  void keepsTheNearestNumberToTheShare() {
    assertThat(TiesMerge.kept(0.2, 10)).isEqualTo(2);
    assertThat(TiesMerge.kept(0.2, 8)).isEqualTo(2);
    assertThat(TiesMerge.kept(0.2, 7)).isEqualTo(1);
    assertThat(TiesMerge.kept(0.5, 3)).isEqualTo(2);
    assertThat(TiesMerge.kept(1, 3)).isEqualTo(3);
    assertThat(TiesMerge.kept(0.2, 0)).isZero();
  }
}
