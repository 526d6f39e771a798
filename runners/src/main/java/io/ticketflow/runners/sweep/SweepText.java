package io.ticketflow.runners.sweep;

import io.ticketflow.pipelines.Plan;
import io.ticketflow.runners.progress.TimeText;
import io.ticketflow.runners.table.ResultTable;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.store.Location;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is said before and after a sweep. */
final class SweepText {
  private SweepText() {}

  static String opening(Prepared prepared, Plan plan, Location output) {
    long toRun = plan.trainingsToRun();
    return String.format(
        Locale.ROOT,
        "%s: %s, %s to train (%s), %d found finished, in %s",
        prepared.experiment().name(),
        count(prepared.records().size(), "run"),
        count(toRun, "network"),
        count(plan.epochsToRun(), "epoch"),
        PlanText.trainings(plan) - toRun,
        output);
  }

  static List<String> closing(Outcome outcome, Location output, long millis, Terminal terminal) {
    List<String> lines = new ArrayList<>();
    ResultTable table = ResultTable.of(outcome.cycles());
    if (!table.isEmpty()) {
      lines.add("");
      lines.add(table.title());
      lines.addAll(table.lines(terminal.width()));
      lines.add("");
    }
    for (FailureRecord failure : outcome.failures().values()) {
      lines.add("Run " + failure.getRun() + " failed: " + failure.getMessage());
    }
    lines.add("Report  " + output.file("report.html"));
    lines.add("Tables  " + output.file("metrics") + "/*/*.parquet");
    String failed =
        outcome.failures().isEmpty()
            ? "Done"
            : outcome.failures().size() + " of " + count(outcome.runs(), "run") + " failed";
    lines.add(
        failed
            + " in "
            + TimeText.of(Duration.ofMillis(millis))
            + ": "
            + count(outcome.trained(), "network")
            + " trained, "
            + outcome.reused()
            + " reused"
            + (outcome.saved() > 0
                ? ", " + outcome.saved() + " saved by adaptive particles."
                : "."));
    return lines;
  }

  private static String count(long number, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
  }
}
