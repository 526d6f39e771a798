package io.ticketflow.runners.gpu;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a device rounds what it multiplies. libtorch multiplies matrices in float32. From Ampere on
 * its convolutions take TF32, and Ticketflow leaves that as it is; {@code NVIDIA_TF32_OVERRIDE=0}
 * in the environment makes NVIDIA's libraries take float32 there too.
 */
enum Precision {
  /**
   * 24 bits: a sum of some hundred products is off by 1e-7 to 1e-6 of its size, and by up to ten
   * times that by Winograd's algorithm.
   */
  FLOAT32(3e-5, 1e-4, 0.15),
  /**
   * 11 bits of what is multiplied, sums in float32: two roundings of 2^-11 at most are off by 3e-4,
   * and by 8e-4 if the device cuts bits off in place of rounding. What has 8 bits (bfloat16) is off
   * by 2e-3 and more.
   */
  TF32(1.5e-3, 2e-2, 0.15);

  private static final double ROUNDINGS = 3;

  private final double product;
  private final double loss;
  private final double step;

  Precision(double product, double loss, double step) {
    this.product = product;
    this.loss = loss;
    this.step = step;
  }

  /** Its name. */
  String title() {
    return this == FLOAT32 ? "float32" : "TF32";
  }

  /** How far the loss of a step may lie from the CPU's, as a share of it or of 1. */
  double loss() {
    return loss;
  }

  /**
   * The finest that explains an error; empty if none does.
   *
   * @param error of many products, as {@link Deviation} tells it
   */
  static Optional<Precision> of(double error) {
    return Arrays.stream(values()).filter(each -> error <= each.product).findFirst();
  }

  /**
   * How far one step of training may lead a tensor from where it leads on the CPU, as a share of
   * the way: see {@link StepCheck}.
   */
  double step() {
    return step;
  }

  /**
   * The same of a network whose step leads that far elsewhere when its weights are rounded once. A
   * device rounds what comes into each layer too, and on the way back: hence a multiple.
   */
  double step(double rounded) {
    return Math.max(step, ROUNDINGS * rounded);
  }

  /** The coarser of two. */
  Precision or(Precision other) {
    return compareTo(other) > 0 ? this : other;
  }
}
