package io.ticketflow.beam;

import io.ticketflow.action.ActionFailedException;
import io.ticketflow.action.Done;
import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.RecalibrationAction;
import io.ticketflow.action.SoupAction;
import io.ticketflow.action.Workplace;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.spec.Merge;
import io.ticketflow.spec.RunSpec;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The cycle's solutions: merged networks with recalibrated BatchNorm, written to solutions/, and
 * measured beside the ensemble of their particles. Failed runs end here, as rows.
 */
public final class MeasureSolutions
    extends PTransform<PCollection<MergedRecord>, Stage<MergedRecord>> {
  private static final TupleTag<MergedRecord> SOLUTIONS = new TupleTag<>("solutions") {};

  private final Workplace place;

  private MeasureSolutions(Workplace place) {
    this.place = place;
  }

  public static MeasureSolutions at(Workplace place) {
    return new MeasureSolutions(place);
  }

  @Override
  public Stage<MergedRecord> expand(PCollection<MergedRecord> merged) {
    return Stage.of(
        merged.apply(
            "RecalibrateAndEvaluate",
            ParDo.of(new MeasureFn(place)).withOutputTags(SOLUTIONS, Stage.WITH_ROWS)),
        SOLUTIONS,
        MergedRecord.class);
  }

  private static final class MeasureFn extends DoFn<MergedRecord, MergedRecord> {
    private final Workplace place;

    MeasureFn(Workplace place) {
      this.place = place;
    }

    @ProcessElement
    public void process(@Element MergedRecord merged, MultiOutputReceiver out) {
      OutputReceiver<MetricRow> rows = out.get(Stage.ROWS);
      if (merged.getFailure() != null) {
        rows.output(new MetricRow(merged.getRun().getRun(), merged.getFailure()));
        return;
      }
      RunSpec spec = Specs.of(merged.getRun());
      Rows table = new Rows(merged.getRun(), merged.getTicket());
      try {
        Done<ArtifactResult> recalibrated =
            RecalibrationAction.perform(place, spec, merged.getWeights());
        ArtifactRef weights = recalibrated.result().getArtifact();
        MergedRecord solution = MergedRecord.newBuilder(merged).setWeights(weights).build();
        Tickets.writeSolution(place.blobs(), solution);
        rows.output(table.costs().cost("recalibrate", recalibrated));
        Done<EvaluationResult> alone = EvaluationAction.perform(place, spec, List.of(weights));
        table.merged(alone.result()).forEach(rows::output);
        rows.output(table.costs().evaluation(null, alone));
        if (isEnsemble(spec, merged)) {
          Done<EvaluationResult> together =
              EvaluationAction.perform(place, spec, merged.getParticles());
          table.scores("ensemble", together.result()).forEach(rows::output);
          rows.output(table.costs().evaluation(null, together));
        }
        if (spec.merge() == Merge.GREEDY && merged.getParticles().size() > 1) {
          Done<SoupResult> soup = SoupAction.perform(place, spec, merged.getParticles());
          table.searches("soup", soup.result().getTrials()).forEach(rows::output);
          rows.output(table.costs().search("soup", soup));
        }
        long images = Datasets.load(spec.data()).train().count();
        rows.output(table.costs().budget(merged, images));
        out.get(SOLUTIONS).output(solution);
      } catch (ActionFailedException e) {
        rows.output(
            new MetricRow(
                merged.getRun().getRun(),
                Failures.of(merged.getRun(), merged.getTicket().getCycle(), null, e.getMessage())));
      }
    }

    /** The particles of a segment are on their way, and those of a member are not its ensemble. */
    private static boolean isEnsemble(RunSpec spec, MergedRecord merged) {
      return spec.evaluation().ensemble()
          && merged.getParticles().size() > 1
          && merged.getRun().getEnsemble() == null
          && spec.delivers(merged.getTicket().getCycle());
    }
  }
}
