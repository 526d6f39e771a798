package io.ticketflow.pipelines.simulation;

import io.ticketflow.spec.UserException;

/**
 * How slots fail: each by itself, at times with exponential gaps.
 *
 * @param perSlotHour mean number of failures of a slot in an hour, at least 0
 * @param restartSeconds from a failure until what it stopped goes on
 * @param stops what a failure stops
 */
public record Failures(double perSlotHour, double restartSeconds, Stops stops) {
  /** No slot fails. */
  public static final Failures NONE = new Failures(0, 0, Stops.JOB);

  public Failures {
    UserException.check(in(perSlotHour, 1e6), "failures", "from 0 to 1,000,000", perSlotHour);
    UserException.check(
        in(restartSeconds, 1e6), "restart", "from 0 to 1,000,000 s", restartSeconds);
  }

  private static boolean in(double value, double most) {
    return value >= 0 && value <= most;
  }

  /** How far a failure reaches. */
  public enum Stops {
    /** Work on all slots goes back to its checkpoint: Flink's failover "full", as it is set. */
    JOB,
    /** The work of that slot alone. */
    SLOT
  }
}
