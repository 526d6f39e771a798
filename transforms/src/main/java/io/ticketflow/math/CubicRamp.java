package io.ticketflow.math;

import java.util.Locale;

/**
 * How many entries gradual pruning keeps after each step: Zhu and Gupta, "To prune, or not to
 * prune" (2018), equation 1, in counts of entries in place of sparsities.
 *
 * @param dense entries kept up to step {@code begin}
 * @param kept entries kept from step {@code end} on
 * @param begin t0, at least 0
 * @param end t1, above t0
 */
public record CubicRamp(long dense, long kept, long begin, long end) {
  public CubicRamp {
    if (kept < 0 || kept > dense || begin < 0 || end <= begin) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "no ramp from %d entries at step %d to %d at step %d",
              dense,
              begin,
              kept,
              end));
    }
  }

  /**
   * Entries kept after t steps: round(kept + (dense − kept) · (1 − (t − t0) / (t1 − t0))³), halves
   * up.
   */
  public long at(long step) {
    if (step <= begin) {
      return dense;
    }
    if (step >= end) {
      return kept;
    }
    double left = 1 - (double) (step - begin) / (end - begin);
    return Math.round(kept + (dense - kept) * left * left * left);
  }
}
