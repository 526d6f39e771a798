package io.ticketflow.pipelines.simulation;

import io.ticketflow.spec.UserException;

/**
 * What a workload is simulated on.
 *
 * @param slots that work at once, 1 to 100,000
 * @param seed of failures and stragglers; without either it changes nothing
 */
public record Scenario(
    int slots,
    Dispatch dispatch,
    Barrier barrier,
    Failures failures,
    Straggler straggler,
    Beside beside,
    long seed) {
  public Scenario {
    UserException.check(slots >= 1 && slots <= 100_000, "slots", "from 1 to 100,000", slots);
  }

  /** Whether another seed may give another forecast. */
  public boolean isRandom() {
    return failures.perSlotHour() > 0 || (straggler.fraction() > 0 && straggler.factor() > 1);
  }

  /** The same with other draws. */
  public Scenario withSeed(long other) {
    return new Scenario(slots, dispatch, barrier, failures, straggler, beside, other);
  }
}
