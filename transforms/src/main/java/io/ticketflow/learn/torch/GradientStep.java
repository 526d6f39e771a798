package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.spec.OptimiserSpec;
import java.util.Optional;

/**
 * From a network's gradient to its next weights: decay, mask, update rule.
 *
 * <p>The mask is laid on each gradient after its decay. A pruned entry's gradient is thus always 0,
 * so its moments stay 0, and its weight stays the +0 that it began with.
 */
final class GradientStep {
  private final PtNDArray weights;
  private final PtNDArray prunableWeights;
  private final Optional<PtNDArray> mask;
  private final OptimiserSpec spec;
  private final long prunable;

  GradientStep(TorchNetwork network, OptimiserSpec spec, Optional<float[]> mask) {
    this.weights = network.flat();
    this.spec = spec;
    this.prunable = network.layout().prunable();
    this.prunableWeights = front(weights);
    this.mask = mask.map(network::onDevice);
    JniUtils.attachGradient(weights, true);
  }

  /** Moves the weights by the gradient that the backward pass has left, and clears it. */
  void apply(Optimiser optimiser, double learningRate, PtNDManager step) {
    try (PtNDArray gradient = JniUtils.getGradient(weights);
        PtNDArray prunableGradient = front(gradient)) {
      if (spec.weightDecay() > 0 && spec.decayBiasAndNorm()) {
        decay(gradient, weights, step);
      } else if (spec.weightDecay() > 0) {
        decay(prunableGradient, prunableWeights, step);
      }
      mask.ifPresent(kept -> JniUtils.muli(prunableGradient, kept));
      optimiser.update(weights, gradient, learningRate, step);
      JniUtils.zeroGrad(weights);
    }
  }

  private void decay(PtNDArray gradient, PtNDArray decaying, PtNDManager step) {
    try (PtNDArray pull = JniUtils.mul(decaying, HostMemory.scalar(step, spec.weightDecay()))) {
      JniUtils.addi(gradient, pull);
    }
  }

  /** A view of the prunable entries. */
  private PtNDArray front(PtNDArray array) {
    return JniUtils.slice(array, 0, 0, prunable, 1);
  }
}
