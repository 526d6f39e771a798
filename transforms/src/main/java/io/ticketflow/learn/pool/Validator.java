package io.ticketflow.learn.pool;

import io.ticketflow.network.TensorSet;

/** Judges networks for a search: by the validation split, and by nothing else. */
@FunctionalInterface
public interface Validator {
  /**
   * The network with BatchNorm statistics of its own, and how good it is.
   *
   * @param network its BatchNorm statistics do not matter
   * @throws ArithmeticException if the network's output is not finite
   */
  Validated validate(TensorSet network);

  /**
   * A judged network.
   *
   * @param network recalibrated
   * @param accuracy on validation, from 0 to 1
   */
  record Validated(TensorSet network, double accuracy) {}
}
