package io.ticketflow.learn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.testing.Fixtures;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Of the gradient 3w, that of a loss 3/2·|w|², so that Hv = 3v; it jumps where a test says so. */
class GradientDifferenceTest {
  private static final ModelGraph NET = Fixtures.mlp();

  @Test
  void aSmoothLossHasItsHessian() {
    check(moved -> false);
  }

  /** The first weight grows in a step ahead: the change backwards is the one to believe. */
  @Test
  void aJumpAheadIsLeftOut() {
    check(moved -> moved > 0);
  }

  @Test
  void aJumpBackwardsIsLeftOut() {
    check(moved -> moved < 0);
  }

  /**
   * Looks along the signs +1, −1, +1, …
   *
   * @param jumps whether the gradient is elsewhere once the first weight has moved by that much
   */
  private static void check(DoublePredicate jumps) {
    try (GradientTape tape =
            new GradientTape(NET, Fixtures.weights(NET, 3), DataType.FLOAT64, Device.cpu());
        PtNDManager manager = tape.network().newManager()) {
      double[] start = tape.weights().toDoubleArray();
      GradientDifference difference =
          GradientDifference.of(
              tape,
              owner -> {
                double[] gradient = tape.weights().toDoubleArray();
                boolean jumped = jumps.test(gradient[0] - start[0]);
                for (int i = 0; i < gradient.length; i++) {
                  gradient[i] = 3 * gradient[i] + (jumped ? 1000 : 0);
                }
                return HostMemory.array(owner, gradient);
              });
      double[] signs = new double[start.length];
      for (int i = 0; i < signs.length; i++) {
        signs[i] = i % 2 == 0 ? 1 : -1;
      }
      double[] here = DoubleStream.of(start).map(each -> 3 * each).toArray();
      double form =
          difference.form(
              HostMemory.array(manager, signs), HostMemory.array(manager, here), manager);
      assertThat(form).isCloseTo(3 * signs.length, within(1e-2 * signs.length));
      tape.weights().set(start); // a step leaves rounding errors, and the jump is at the start
      PtNDArray product =
          difference.along(
              HostMemory.array(manager, signs), HostMemory.array(manager, here), manager);
      for (int i = 0; i < signs.length; i++) {
        assertThat(product.toDoubleArray()[i]).isCloseTo(3 * signs[i], within(1e-2));
      }
    }
  }
}
