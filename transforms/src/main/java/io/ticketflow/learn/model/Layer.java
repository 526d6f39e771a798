package io.ticketflow.learn.model;

/**
 * One operation of a network. Sizes are in elements; images are C × H × W without the batch.
 *
 * <p>Parameters are named after the node that holds the layer: {@code NODE.weight}, {@code
 * NODE.bias}, {@code NODE.running_mean}, {@code NODE.running_var}.
 */
public sealed interface Layer {
  /** 2-d cross-correlation; weight is out × in × kernel × kernel. */
  record Conv(int in, int out, int kernel, int stride, int padding, boolean bias)
      implements Layer {}

  /** Affine map; weight is out × in. */
  record Linear(int in, int out, boolean bias) implements Layer {}

  /** Batch normalisation over channels, eps 1e-5, momentum 0.1 in PyTorch's sense. */
  record BatchNorm(int features) implements Layer {}

  /** max(x, 0). */
  record Relu() implements Layer {}

  /** Largest value of each window. */
  record MaxPool(int kernel, int stride, int padding) implements Layer {}

  /** Mean of each window. */
  record AvgPool(int kernel, int stride) implements Layer {}

  /** Mean over height and width: C × H × W to C. */
  record GlobalAvgPool() implements Layer {}

  /** C × H × W to one axis. */
  record Flatten() implements Layer {}

  /** Sum of two inputs of equal shape. */
  record Add() implements Layer {}
}
