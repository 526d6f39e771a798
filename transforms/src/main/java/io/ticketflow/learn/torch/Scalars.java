package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;

/** Numbers as arrays without axes, which the engine's kernels take like constants. */
final class Scalars {
  private Scalars() {}

  /** The number, rounded to a float, on the manager's device. */
  static PtNDArray of(double value, PtNDManager manager) {
    return (PtNDArray) manager.create((float) value);
  }
}
