package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.spec.OptimiserSpec;
import java.util.Optional;

/**
 * From a network's gradient to its next weights: decay, mask, update rule. By libtorch's calls on a
 * GPU and for Adam, and to the same bits by {@link HostStep} for SGD on the CPU.
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
  private final Optimiser optimiser;
  private final Optional<HostStep> host;

  GradientStep(
      TorchNetwork network, MaskedWeights weights, OptimiserSpec spec, Optimiser optimiser) {
    this.network = network;
    this.weights = weights;
    this.spec = spec;
    this.optimiser = optimiser;
    this.prunableWeights = network.prunable(weights.moved());
    host =
        optimiser instanceof Sgd sgd && !weights.moved().getDevice().isGpu()
            ? Optional.of(new HostStep(network, weights, spec, sgd))
            : Optional.empty();
  }

  /** Moves the weights by the gradient that the backward pass has left, and clears it. */
  void apply(double learningRate, PtNDManager step) {
    try (PtNDArray gradient = JniUtils.getGradient(network.flat())) {
      if (host.isPresent()) {
        host.get().apply(gradient, learningRate);
      } else {
        byCalls(gradient, learningRate, step);
      }
    }
    weights.moveOn(host.isPresent());
  }

  /** Leaves the gradient, now with decay and mask. */
  void byCalls(PtNDArray gradient, double learningRate, PtNDManager step) {
    try (PtNDArray prunableGradient = network.prunable(gradient)) {
      if (spec.weightDecay() > 0 && spec.decayBiasAndNorm()) {
        decay(gradient, weights.moved(), step);
      } else if (spec.weightDecay() > 0) {
        decay(prunableGradient, prunableWeights, step);
      }
      weights.gradientMask().ifPresent(kept -> JniUtils.muli(prunableGradient, kept));
      optimiser.update(weights.moved(), gradient, learningRate, step);
    }
  }

  private void decay(PtNDArray gradient, PtNDArray decaying, PtNDManager step) {
    try (PtNDArray pull = JniUtils.mul(decaying, HostMemory.scalar(step, spec.weightDecay()))) {
      JniUtils.addi(gradient, pull);
    }
  }
}
