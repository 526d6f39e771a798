package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.model.NormEntries;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.TrainingSpec;
import java.util.Optional;

/**
 * From a network's gradient to its next weights: decay, mask, update rule.
 *
 * <p>A rate that is f times as high in some entries, with the same decay, is a gradient that is f
 * times as large there, before decay: descent is linear in its gradients.
 *
 * <p>Decay acts on the weights that are moved. The mask is laid on each gradient after its decay,
 * unless dense weights are kept. A pruned entry's gradient is thus always 0, so its moments stay 0,
 * and its weight stays the +0 that it began with.
 */
final class GradientStep {
  private final TorchNetwork network;
  private final MaskedWeights weights;
  private final PtNDArray prunableWeights;
  private final OptimiserSpec spec;
  private final Optional<PtNDArray> factors;

  GradientStep(TorchNetwork network, MaskedWeights weights, TrainingSpec training) {
    this.network = network;
    this.weights = weights;
    spec = training.stepwise();
    double normBiases = training.decoupled().normBiases();
    factors =
        normBiases == 1
            ? Optional.empty()
            : Optional.of(network.onDevice(NormEntries.biases(network.layout(), normBiases)));
    this.prunableWeights = network.prunable(weights.moved());
  }

  /** Moves the weights by the gradient that the backward pass has left, and clears it. */
  void apply(Optimiser optimiser, double learningRate, PtNDManager step) {
    try (PtNDArray gradient = JniUtils.getGradient(network.flat());
        PtNDArray prunableGradient = network.prunable(gradient)) {
      factors.ifPresent(factor -> JniUtils.muli(gradient, factor));
      if (spec.weightDecay() > 0 && spec.decayBiasAndNorm()) {
        decay(gradient, weights.moved(), step);
      } else if (spec.weightDecay() > 0) {
        decay(prunableGradient, prunableWeights, step);
      }
      weights.maskGradient(prunableGradient);
      optimiser.update(weights.moved(), gradient, learningRate, step);
    }
    weights.moveOn();
  }

  private void decay(PtNDArray gradient, PtNDArray decaying, PtNDManager step) {
    try (PtNDArray pull = JniUtils.mul(decaying, HostMemory.scalar(step, spec.weightDecay()))) {
      JniUtils.addi(gradient, pull);
    }
  }
}
