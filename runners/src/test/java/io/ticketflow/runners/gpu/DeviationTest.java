package io.ticketflow.runners.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviationTest {
  /** The way is (3, 4), of length 5; what was found lies (0.3, 0.4) beside its end. */
  @Test
  void isTheShareOfTheWay() {
    Deviation deviation =
        Deviation.of(
            set(new float[] {1, 1}, 0, 0),
            set(new float[] {4, 5}, 0, 0),
            set(new float[] {4.3f, 5.4f}, 0, 0));
    assertThat(deviation.share()).isCloseTo(0.1, within(1e-6));
    assertThat(deviation.tensor()).isEqualTo("weight");
    assertThat(deviation.isWithin(0.11)).isTrue();
    assertThat(deviation.isWithin(0.09)).isFalse();
  }

  /** The bias moves by 1e-6 beside 5 of the weight: it is measured by 5e-3. */
  @Test
  void aTensorThatHardlyMovesIsMeasuredByThoseThatDo() {
    Deviation deviation =
        Deviation.of(
            set(new float[] {0, 0}, 0, 0),
            set(new float[] {3, 4}, 1e-6f, 0),
            set(new float[] {3, 4}, 5e-5f, 0));
    assertThat(deviation.share()).isCloseTo(4.9e-5 / 5e-3, within(1e-6));
    assertThat(deviation.tensor()).isEqualTo("bias");
  }

  /** Statistics move by 1000 here, which makes nothing of weights that move by 5. */
  @Test
  void statisticsAreMeasuredApart() {
    Deviation deviation =
        Deviation.of(
            set(new float[] {0, 0}, 0, 0),
            set(new float[] {3, 4}, 0, 1000),
            set(new float[] {0, 0}, 0, 1001));
    assertThat(deviation).isEqualTo(new Deviation(1, "weight"));
  }

  @Test
  void whatIsNotFiniteIsWithinNothing() {
    Deviation deviation =
        Deviation.of(
            set(new float[] {0, 0}, 0, 0),
            set(new float[] {3, 4}, 1, 1),
            set(new float[] {3, 4}, Float.NaN, 9));
    assertThat(deviation.isWithin(Double.MAX_VALUE)).isFalse();
    assertThat(deviation.tensor()).isEqualTo("bias");
  }

  private static TensorSet set(float[] weight, float bias, float mean) {
    return TensorSet.of(
        List.of(
            new Tensor("weight", TensorRole.PRUNABLE, List.of(2L), weight),
            new Tensor("bias", TensorRole.DENSE, List.of(1L), new float[] {bias}),
            new Tensor("mean", TensorRole.BUFFER, List.of(1L), new float[] {mean})));
  }
}
