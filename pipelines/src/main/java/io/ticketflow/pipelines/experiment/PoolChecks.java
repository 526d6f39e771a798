package io.ticketflow.pipelines.experiment;

import io.ticketflow.spec.PoolSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import java.util.Collections;

/** What has no meaning in a pool of a run's solutions. */
final class PoolChecks {
  private PoolChecks() {}

  /**
   * What a run's solutions must be for a pool of them.
   *
   * @throws UserException saying what they are not
   */
  static void check(RunSpec run) {
    PoolSpec pool = run.pool();
    int solutions = run.lastCycle() - run.firstCycle() + 1;
    MethodChecks.refuse(
        run.data().validation() == 0,
        "pool.kinds chooses by validation; data.validation must be above 0");
    MethodChecks.refuse(
        run.regime().keepsStep(),
        "pool.kinds has one network only to choose from where segments make up one training");
    MethodChecks.refuse(
        pool.kinds().contains(PoolSpec.Kind.EARLIER_EMA)
            && (solutions < 2
                || (!pool.targets().isEmpty()
                    && Collections.max(pool.targets()) == run.firstCycle())),
        "pool.kinds has earlier-ema, a mean with earlier tickets, and there are none before the"
            + " first");
    MethodChecks.refuse(
        solutions < 2 && !pool.joined(),
        "pool.kinds needs at least two solutions to choose from, got " + solutions);
    for (int target : pool.targets()) {
      MethodChecks.refuse(
          target < run.firstCycle() || target > run.lastCycle(),
          "pool.targets must be cycles from "
              + run.firstCycle()
              + " to "
              + run.lastCycle()
              + ", got "
              + target);
    }
  }
}
