package io.ticketflow.method.step;

import io.ticketflow.result.Failures;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.spec.UserException;
import io.ticketflow.work.ActionFailedException;
import java.util.function.Function;
import java.util.function.Supplier;

/** The one place where what stops a run is caught: the others go on. */
public final class Failing {
  private Failing() {}

  /**
   * What the work gives.
   *
   * @param failed what there is instead, made of the sentence that says why
   */
  public static <T> T orElse(Supplier<T> work, Function<String, T> failed) {
    try {
      return work.get();
    } catch (ActionFailedException | UserException e) {
      return failed.apply(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Does the work of a run's cycle; its failure becomes a row.
   *
   * @param what goes before the sentence, such as "matching ticket: ", or ""
   */
  public static void toRow(RunRecord run, int cycle, String what, Yield<?> out, Runnable work) {
    orElse(
        () -> {
          work.run();
          return true;
        },
        why -> {
          out.row(row(run, cycle, what + why));
          return false;
        });
  }

  /** A failure of a run's cycle. */
  public static MetricRow row(RunRecord run, int cycle, String why) {
    return new MetricRow(run.getRun(), Failures.of(run, cycle, null, why));
  }
}
