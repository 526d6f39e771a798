package io.ticketflow.math;

/**
 * The fraction of a layer's kept entries that sparse training replaces at each step: Evci et al.,
 * "Rigging the Lottery" (ICML 2020), section 3(2).
 *
 * @param fraction α, at step 0
 * @param end the step from which nothing is replaced, above 0
 */
public record CosineDecay(double fraction, long end) {
  /** α/2 · (1 + cos(π·t / end)), and 0 from {@code end} on. */
  public double at(long step) {
    return step >= end ? 0 : fraction / 2 * (1 + StrictMath.cos(StrictMath.PI * step / end));
  }
}
