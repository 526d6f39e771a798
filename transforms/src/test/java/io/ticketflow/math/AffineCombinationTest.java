package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AffineCombinationTest {
  private static final float[] A = {1, -0f, 8};
  private static final float[] B = {3, 5, Float.POSITIVE_INFINITY};
  private static final float[] C = {-2, 0.5f, 1};

  @Test
  void isTheSumByHand() {
    assertThat(of(List.of(A, C), 2, -1)).containsExactly(4, -0.5f, 15);
    assertThat(of(List.of(A, B, C), 0.5, 0.25, 0.25))
        .containsExactly(0.75f, 1.375f, Float.POSITIVE_INFINITY);
  }

  @Test
  void anArrayAloneComesBackBitForBit() {
    assertThat(of(List.of(A, B), 1, 0)).isEqualTo(A).isNotSameAs(A);
    assertThat(Float.floatToRawIntBits(of(List.of(A, C), 1, 0)[1]))
        .isEqualTo(Float.floatToRawIntBits(-0f));
    assertThat(of(List.of(A, C, A), 1, 0, 1)).containsExactly(2, 0, 16);
  }

  @Test
  void isRoundedOnce() {
    float x = 0.1f;
    float y = 0.7f;
    assertThat(of(List.of(new float[] {x}, new float[] {y}), 0.3, 0.7))
        .containsExactly((float) (0.3 * (double) x + 0.7 * (double) y));
  }

  @Test
  void longArraysAreSummedToTheirEnd() {
    float[] rising = new float[5000];
    for (int i = 0; i < rising.length; i++) {
      rising[i] = i;
    }
    float[] sums = of(List.of(rising, rising, rising), 2, -1, 3);
    for (int i = 0; i < rising.length; i++) {
      assertThat(sums[i]).isEqualTo(4 * i);
    }
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    assertThatThrownBy(() -> of(List.of(A), 0.5, 0.5)).hasMessage("there are 2 shares of 1 arrays");
    assertThatThrownBy(() -> of(List.of(A, new float[2]), 0.5, 0.5))
        .hasMessage("array 1 has 2 entries and the share 0.5");
  }

  private static float[] of(List<float[]> arrays, double... shares) {
    return AffineCombination.of(shares, arrays);
  }
}
