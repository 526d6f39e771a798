package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.DoubleSupplier;

/**
 * Sharpness-aware minimisation (Foret, Kleiner, Mobahi, Neyshabur, ICLR 2021, algorithm 1, p = 2):
 * a step follows the gradient at w + ρ·g/‖g‖, where g is the gradient at w.
 *
 * <p>g is the loss's gradient over all trained tensors, without decay; pruned entries count as 0
 * and are not moved. If ‖g‖ is 0 the step follows g itself.
 *
 * @param radius ρ, above 0
 */
record SharpnessAscent(TorchNetwork network, MaskedWeights weights, double radius) {
  /**
   * Replaces the gradient that the first backward pass has left by the gradient of a second one.
   * The network's weights are the same bits as before.
   *
   * @param secondPass forward and backward at the weights as they then are, from a gradient of 0
   * @param step owns what is made on the way
   * @return what the second pass gives; 0 if there was none
   */
  double ascend(PtNDManager step, DoubleSupplier secondPass) {
    PtNDArray flat = network.flat();
    try (PtNDArray gradient = JniUtils.getGradient(flat);
        PtNDArray prunable = network.prunable(gradient);
        PtNDArray here = JniUtils.clone(flat)) {
      weights.maskDirection(prunable);
      double norm = norm(gradient);
      if (norm == 0) {
        return 0;
      }
      try (PtNDArray move = JniUtils.mul(gradient, HostMemory.scalar(step, radius / norm))) {
        JniUtils.addi(flat, move);
      }
      JniUtils.zeroGrad(flat);
      try {
        return secondPass.getAsDouble();
      } finally {
        // A copy: what was added cannot be subtracted without rounding.
        HostMemory.copy(here, flat, 0, network.layout().size());
      }
    }
  }

  private static double norm(PtNDArray gradient) {
    try (PtNDArray squares = JniUtils.mul(gradient, gradient);
        PtNDArray sum = JniUtils.sum(squares)) {
      return Math.sqrt(sum.getFloat());
    }
  }
}
