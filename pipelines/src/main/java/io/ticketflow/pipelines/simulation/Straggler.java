package io.ticketflow.pipelines.simulation;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.spec.UserException;

/**
 * Slots that are slower than others from the first to the last second, as those of a machine that
 * is throttled.
 *
 * @param factor how many times as long work takes there, at least 1
 * @param fraction the probability of each slot to be one, in [0, 1]
 */
public record Straggler(double factor, double fraction) {
  /** All slots are equally fast. */
  public static final Straggler NONE = new Straggler(1, 0);

  public Straggler {
    UserException.check(
        factor >= 1 && factor <= 1e6, "straggler's factor", "from 1 to 1,000,000", factor);
    UserException.check(
        fraction >= 0 && fraction <= 1, "straggler's fraction", "from 0 to 1", fraction);
  }

  /** How many times as long work takes on that slot. */
  double factorOf(long seed, int slot) {
    return KeyedRandom.of(seed, "straggler", slot).nextDouble() < fraction ? factor : 1;
  }
}
