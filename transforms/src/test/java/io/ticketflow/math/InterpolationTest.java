package io.ticketflow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InterpolationTest {
  private static final float[] A = {1, -0f, 1e30f, 0.1f};
  private static final float[] B = {3, 5, -1e30f, Float.POSITIVE_INFINITY};

  @Test
  void theEndsAreTheArraysBitForBit() {
    assertThat(Interpolation.of(1, A, B)).isEqualTo(A).isNotSameAs(A);
    assertThat(Interpolation.of(0, A, B)).isEqualTo(B).isNotSameAs(B);
  }

  @Test
  void betweenIsTheWeightedSumByHand() {
    assertThat(Interpolation.of(0.25, A, B))
        .containsExactly(2.5f, 3.75f, -0.5e30f, Float.POSITIVE_INFINITY);
  }

  @Test
  void isRoundedOnce() {
    float a = 0.1f;
    float b = 0.7f;
    for (double alpha : new double[] {0.05, 0.1, 0.3, 0.95}) {
      assertThat(Interpolation.of(alpha, new float[] {a}, new float[] {b}))
          .containsExactly((float) (alpha * (double) a + (1 - alpha) * (double) b));
    }
  }

  @Test
  void otherLengthsAreRefused() {
    assertThatThrownBy(() -> Interpolation.of(0.5, A, new float[3]))
        .hasMessage("there is no line through arrays of 4 and of 3 entries");
  }
}
