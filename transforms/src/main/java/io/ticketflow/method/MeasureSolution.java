package io.ticketflow.method;

import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.RecalibrationAction;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.method.measure.SolutionMeasure;
import io.ticketflow.method.step.Failing;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.result.Tickets;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import java.util.List;

/**
 * A cycle's solution: the merged network with recalibrated BatchNorm, put on file and measured. A
 * failed run ends here, as a row.
 */
public final class MeasureSolution {
  private MeasureSolution() {}

  /** The solution of a merged network. */
  public static void take(Performer by, MergedRecord merged, Yield<MergedRecord> out) {
    if (merged.getFailure() != null) {
      out.row(new MetricRow(merged.getRun().getRun(), merged.getFailure()));
      return;
    }
    int cycle = merged.getTicket().getCycle();
    Failing.toRow(merged.getRun(), cycle, "", out, () -> measure(by, merged, out));
  }

  private static void measure(Performer by, MergedRecord merged, Yield<MergedRecord> out) {
    MergedRecord solution = recalibrated(by, merged, out);
    for (SolutionMeasure measure : SolutionMeasure.ALL) {
      measure.take(by, solution, out);
    }
    if (merged.getRun().getInput() == null) { // else nothing is trained here
      Rows table = Rows.of(merged.getRun(), merged.getTicket());
      long images = Datasets.load(Specs.of(merged.getRun()).data()).train().count();
      out.row(table.costs().budget(merged, images));
    }
    out.element(solution);
  }

  /** The network recalibrated, put on file and scored. */
  static MergedRecord recalibrated(Performer by, MergedRecord merged, Yield<?> out) {
    RunSpec spec = Specs.of(merged.getRun());
    Purpose purpose = Purpose.of(merged.getRun(), merged.getTicket());
    Rows table = Rows.of(merged.getRun(), merged.getTicket());
    Done<ArtifactResult> recalibrated =
        by.perform(RecalibrationAction.of(by.place(), spec, merged.getWeights()), purpose);
    ArtifactRef weights = recalibrated.result().getArtifact();
    MergedRecord solution = MergedRecord.newBuilder(merged).setWeights(weights).build();
    Tickets.publish(by, solution);
    out.row(table.costs().cost("recalibrate", recalibrated));
    Done<EvaluationResult> alone =
        by.perform(EvaluationAction.of(by.place(), spec, List.of(weights)), purpose);
    out.rows(table.merged(alone.result()));
    out.row(table.costs().evaluation(null, alone));
    return solution;
  }
}
