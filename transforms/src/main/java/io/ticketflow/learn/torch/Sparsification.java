package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.sparsify.Sparsifier;
import java.util.Set;
import java.util.function.Supplier;

/** Changes the masks of a training's weights when its sparsifier says so. */
final class Sparsification {
  private final Sparsifier rule;
  private final TorchNetwork network;
  private final MaskedWeights weights;
  private final Optimiser optimiser;

  Sparsification(
      Sparsifier rule, TorchNetwork network, MaskedWeights weights, Optimiser optimiser) {
    this.rule = rule;
    this.network = network;
    this.weights = weights;
    this.optimiser = optimiser;
  }

  /** Before a step's forward pass, or after the last step. */
  void before(long step) {
    if (rule.when(step) == Sparsifier.When.BEFORE) {
      change(
          step,
          () -> {
            throw new IllegalStateException("there is no gradient before step " + step);
          });
    }
  }

  /** Whether the masks change in place of a step's update of the weights. */
  boolean replaces(long step) {
    return rule.when(step) == Sparsifier.When.INSTEAD;
  }

  /** Changes the masks by the gradient that the backward pass has left, and clears it. */
  void replace(long step) {
    try (PtNDArray gradient = JniUtils.getGradient(network.flat())) {
      change(step, gradient::toFloatArray);
      JniUtils.zeroGrad(network.flat());
    }
  }

  private void change(long step, Supplier<float[]> gradient) {
    FlatLayout layout = network.layout();
    Set<String> names = weights.masks().keySet();
    weights.change(
        rule.change(
            step,
            weights.masks(),
            layout.prunable(weights.moved().toFloatArray(), names),
            () -> layout.prunable(gradient.get(), names)),
        optimiser.state());
  }
}
