package io.ticketflow.runners.gpu;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleSupplier;

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
  FLOAT32(3e-5, 1e-4),
  /**
   * 11 bits of what is multiplied, sums in float32: two roundings of 2^-11 at most are off by 3e-4,
   * and by 8e-4 if the device cuts bits off in place of rounding. What has 8 bits (bfloat16) is off
   * by 2e-3 and more.
   */
  TF32(1.5e-3, 2e-2);

  /**
   * How far one step of training in float32 may lead a tensor from where it leads on the CPU, as a
   * share of the way: see {@link StepCheck}.
   */
  static final double STEP = 0.15;

  private static final double ROUNDINGS = 3;

  private final double product;
  private final double loss;

  Precision(double product, double loss) {
    this.product = product;
    this.loss = loss;
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
   * How far a step in this precision may lead a tensor elsewhere. A device that rounds does so with
   * what comes into each layer too, and on the way back: hence a multiple.
   *
   * @param rounded how far the network's step leads elsewhere when its weights are rounded once
   */
  double step(DoubleSupplier rounded) {
    return this == FLOAT32 ? STEP : Math.max(STEP, ROUNDINGS * rounded.getAsDouble());
  }

  /** The coarser of two. */
  Precision or(Precision other) {
    return compareTo(other) > 0 ? this : other;
  }
}
