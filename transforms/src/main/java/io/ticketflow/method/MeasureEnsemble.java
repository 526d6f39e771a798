package io.ticketflow.method;

import io.ticketflow.action.EvaluationAction;
import io.ticketflow.method.step.Failing;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The measures of an ensemble of runs in one cycle, their probabilities averaged. Its rows stand
 * among the runs under the ensemble's own name; its members are measured as runs.
 */
public final class MeasureEnsemble {
  private MeasureEnsemble() {}

  /** Whether that solution is a member's. */
  public static boolean isWanted(MergedRecord solution) {
    return solution.getFailure() == null && solution.getRun().getEnsemble() != null;
  }

  /** What the members of one ensemble have in common in a cycle. */
  public static String key(MergedRecord solution) {
    return solution.getRun().getEnsemble() + "/" + solution.getTicket().getCycle();
  }

  /**
   * The ensemble's rows. If a member is missing it is a failure, not a smaller ensemble.
   *
   * @param gathered solutions of one ensemble's cycle, in any order
   */
  public static void take(Performer by, Iterable<MergedRecord> gathered, Yield<Void> out) {
    List<MergedRecord> members = new ArrayList<>();
    gathered.forEach(members::add);
    members.sort(Comparator.comparingInt(member -> member.getRun().getMember()));
    MergedRecord first = members.get(0);
    RunRecord ensemble =
        RunRecord.newBuilder(first.getRun()).setRun(first.getRun().getEnsemble()).build();
    int cycle = first.getTicket().getCycle();
    RunSpec spec = Specs.of(ensemble);
    List<Integer> present = members.stream().map(member -> member.getRun().getMember()).toList();
    List<Integer> expected = IntStream.range(0, spec.members()).boxed().toList();
    if (!present.equals(expected)) {
      out.row(Failing.row(ensemble, cycle, lacking(expected, present)));
      return;
    }
    Failing.toRow(ensemble, cycle, "", out, () -> measure(by, ensemble, members, out));
  }

  private static void measure(
      Performer by, RunRecord ensemble, List<MergedRecord> members, Yield<Void> out) {
    Rows table = Rows.of(ensemble, members.get(0).getTicket());
    Done<EvaluationResult> together =
        by.perform(
            EvaluationAction.of(
                by.place(),
                Specs.of(ensemble),
                members.stream().map(MergedRecord::getWeights).toList()),
            Purpose.of(ensemble, table.cycle()));
    out.rows(table.scores("ensemble", together.result()));
    out.row(table.costs().evaluation(null, together));
  }

  private static String lacking(List<Integer> expected, List<Integer> present) {
    List<Integer> missing = new ArrayList<>(expected);
    missing.removeAll(present);
    return String.format(
        Locale.ROOT,
        "the ensemble of %d lacks the solutions of its members %s: there are those of %s",
        expected.size(),
        missing,
        present);
  }
}
