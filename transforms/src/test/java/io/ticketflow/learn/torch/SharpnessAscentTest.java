package io.ticketflow.learn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharpnessAscentTest {
  private static final ModelGraph NET = Fixtures.mlp();
  private static final Masks MASKS = Fixtures.masks(NET);
  private static final double RADIUS = 0.5;

  private final TorchNetwork network =
      new TorchNetwork(NET, start(), Device.cpu(), OptionalDouble.empty());
  private final MaskedWeights weights = new MaskedWeights(network, MASKS, false, false);
  private final PtNDManager step = network.newManager();

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void climbsByTheRadiusAndComesBackToTheSameBits() {
    float[] before = network.flat().toFloatArray();
    leaveGradient();
    float[] gradient = JniUtils.getGradient(network.flat()).toFloatArray();
    float[] flags = FlatLayout.of(NET).flags(MASKS);
    double squares = 0;
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= i < flags.length ? flags[i] : 1;
      squares += (double) gradient[i] * gradient[i];
    }
    List<float[]> seen = new ArrayList<>();
    double second =
        new SharpnessAscent(network, weights, RADIUS)
            .ascend(
                step,
                () -> {
                  seen.add(network.flat().toFloatArray());
                  assertThat(JniUtils.getGradient(network.flat()).toFloatArray()).containsOnly(0f);
                  return 1.5;
                });
    assertThat(second).isEqualTo(1.5);
    double moved = 0;
    for (int i = 0; i < before.length; i++) {
      double expected = before[i] + RADIUS / Math.sqrt(squares) * gradient[i];
      assertThat((double) seen.get(0)[i]).isCloseTo(expected, within(1e-6));
      moved += Math.pow((double) seen.get(0)[i] - before[i], 2);
      if (i < flags.length && flags[i] == 0) {
        assertThat(seen.get(0)[i]).isZero();
      }
    }
    assertThat(Math.sqrt(moved)).isCloseTo(RADIUS, within(1e-6));
    float[] after = network.flat().toFloatArray();
    for (int i = 0; i < before.length; i++) {
      assertThat(Float.floatToRawIntBits(after[i])).isEqualTo(Float.floatToRawIntBits(before[i]));
    }
  }

  @Test
  void aGradientOfZeroHasNoDirection() {
    leaveGradient();
    JniUtils.zeroGrad(network.flat());
    double second =
        new SharpnessAscent(network, weights, RADIUS)
            .ascend(
                step,
                () -> {
                  throw new AssertionError("there is nowhere to climb to");
                });
    assertThat(second).isZero();
  }

  private void leaveGradient() {
    JniUtils.setGradMode(true);
    try {
      PtNDArray image =
          HostMemory.array(step, new float[] {1, -2, 3, -4, 5, -6}, new Shape(1, 1, 2, 3));
      PtNDArray logs = LayerForward.logProbabilities(network.forward(image, true));
      PtNDArray loss = new CrossEntropy(3, 0).loss(logs, new int[] {2}, new int[] {0}, 0, 1);
      JniUtils.backward(loss, HostMemory.scalar(step, 1), false, false);
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  /** Pruned, and with a kept weight that is −0. */
  private static TensorSet start() {
    return TensorSet.of(
        Fixtures.weights(NET, 4).tensors().stream()
            .map(
                tensor -> {
                  float[] values = tensor.values().clone();
                  values[0] = -0f;
                  Mask mask = MASKS.get(tensor.name());
                  if (mask != null) {
                    mask.applyTo(values);
                  }
                  return tensor.withValues(values);
                })
            .toList());
  }
}
