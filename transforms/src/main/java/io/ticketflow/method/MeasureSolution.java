package io.ticketflow.method;

import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.RecalibrationAction;
import io.ticketflow.action.SoupAction;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.result.Rows;
import io.ticketflow.result.Specs;
import io.ticketflow.result.Tickets;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import java.util.List;

/**
 * A cycle's solution: the merged network with recalibrated BatchNorm, put on file, and measured
 * beside the ensemble of its particles. A failed run ends here, as a row.
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
    RunSpec spec = Specs.of(merged.getRun());
    Purpose purpose = Purpose.of(merged.getRun(), merged.getTicket().getCycle());
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
    if (isEnsemble(spec, merged)) {
      Done<EvaluationResult> together =
          by.perform(EvaluationAction.of(by.place(), spec, merged.getParticles()), purpose);
      out.rows(table.scores("ensemble", together.result()));
      out.row(table.costs().evaluation(null, together));
    }
    if (MergeParticles.isSearched(spec, merged.getParticles())) {
      Done<SoupResult> soup =
          by.perform(SoupAction.of(by.place(), spec, merged.getParticles()), purpose);
      out.rows(table.searches("soup", soup.result().getTrials()));
      out.row(table.costs().search("soup", soup));
    }
    long images = Datasets.load(spec.data()).train().count();
    out.row(table.costs().budget(merged, images));
    out.element(solution);
  }

  /** The particles of a segment are on their way, and those of a member are not its ensemble. */
  private static boolean isEnsemble(RunSpec spec, MergedRecord merged) {
    return spec.evaluation().ensemble()
        && merged.getParticles().size() > 1
        && merged.getRun().getEnsemble() == null
        && spec.delivers(merged.getTicket().getCycle());
  }
}
