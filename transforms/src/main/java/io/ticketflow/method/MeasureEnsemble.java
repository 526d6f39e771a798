package io.ticketflow.method;

import io.ticketflow.action.EvaluationAction;
import io.ticketflow.method.step.Failing;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.schemas.ArtifactRef;
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
 * What independent runs come to together in one cycle: an ensemble, their probabilities averaged,
 * or one network. Its rows stand among the runs under a name of its own; its members are measured
 * as runs.
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
        RunRecord.newBuilder(first.getRun())
            .setRun(first.getRun().getEnsemble())
            .setEnsemble(null) // it is no member
            .build();
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
    switch (Specs.of(ensemble).together()) {
      case ENSEMBLE -> averageProbabilities(by, ensemble, members, out);
      case REPRUNE -> RepruneMembers.take(by, ensemble, members, out);
    }
  }

  private static void averageProbabilities(
      Performer by, RunRecord ensemble, List<MergedRecord> members, Yield<Void> out) {
    Rows table = Rows.of(ensemble, members.get(0).getTicket());
    Done<EvaluationResult> together =
        by.perform(
            EvaluationAction.of(by.place(), Specs.of(ensemble), weights(members)),
            Purpose.of(ensemble, table.cycle()));
    out.rows(table.scores("ensemble", together.result()));
    out.row(table.costs().evaluation(null, together));
  }

  static List<ArtifactRef> weights(List<MergedRecord> members) {
    return members.stream().map(MergedRecord::getWeights).toList();
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
