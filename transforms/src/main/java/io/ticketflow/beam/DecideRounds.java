package io.ticketflow.beam;

import io.ticketflow.action.ActionFailedException;
import io.ticketflow.action.Done;
import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.RecalibrationAction;
import io.ticketflow.action.Workplace;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RoundRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.RunSpec;
import java.util.List;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Tickets whose cycle takes another round of particles; and, decided, the networks of those that do
 * not.
 *
 * <p>A cycle goes on as long as each round has lowered the validation loss of the mean by more than
 * {@code adaptive.minGain}; the first round has nothing to be compared with. Of the last two means
 * the better one is the cycle's, the smaller one of equals. Runs without rounds are decided at
 * once.
 */
final class DecideRounds extends PTransform<PCollection<MergedRecord>, PCollectionTuple> {
  static final TupleTag<RunTicket> MORE = new TupleTag<>("more") {};
  static final TupleTag<MergedRecord> DECIDED = new TupleTag<>("decided") {};

  private final Workplace place;

  private DecideRounds(Workplace place) {
    this.place = place;
  }

  static DecideRounds at(Workplace place) {
    return new DecideRounds(place);
  }

  @Override
  public PCollectionTuple expand(PCollection<MergedRecord> means) {
    PCollectionTuple outputs =
        means.apply(
            ParDo.of(new DecideFn(place))
                .withOutputTags(MORE, TupleTagList.of(DECIDED).and(Stage.ROWS)));
    outputs.get(MORE).setCoder(AvroCoder.specific(RunTicket.class));
    outputs.get(DECIDED).setCoder(AvroCoder.specific(MergedRecord.class));
    outputs.get(Stage.ROWS).setCoder(AvroCoder.specific(MetricRow.class));
    return outputs;
  }

  private static final class DecideFn extends DoFn<MergedRecord, RunTicket> {
    private final Workplace place;

    DecideFn(Workplace place) {
      this.place = place;
    }

    @ProcessElement
    public void process(@Element MergedRecord merged, MultiOutputReceiver out) {
      RunSpec spec = Specs.of(merged.getRun());
      if (merged.getFailure() != null || spec.adaptive().perRound() == 0) {
        out.get(DECIDED).output(merged);
        return;
      }
      try {
        decide(spec, merged, out);
      } catch (ActionFailedException e) {
        int cycle = merged.getTicket().getCycle();
        out.get(DECIDED)
            .output(
                MergedRecord.newBuilder(merged)
                    .setFailure(Failures.of(merged.getRun(), cycle, null, e.getMessage()))
                    .build());
      }
    }

    private void decide(RunSpec spec, MergedRecord merged, MultiOutputReceiver out) {
      double loss = validationLoss(spec, merged, out.get(Stage.ROWS));
      RoundRecord before = merged.getBefore();
      int trained = merged.getParticles().size();
      int saved = spec.particlesIn(merged.getTicket().getCycle()) - trained;
      boolean gains = before == null || spec.adaptive().helped(before.getLoss(), loss);
      if (gains && saved > 0) {
        RoundRecord round = new RoundRecord(merged.getParticles(), merged.getWeights(), loss);
        out.get(MORE).output(new RunTicket(merged.getRun(), merged.getTicket(), round));
        return;
      }
      MergedRecord.Builder decided = MergedRecord.newBuilder(merged).setSaved(saved);
      if (before != null && before.getLoss() <= loss) {
        decided.setWeights(before.getMean()).setParticles(before.getParticles());
      }
      out.get(DECIDED).output(decided.build());
    }

    private double validationLoss(
        RunSpec spec, MergedRecord merged, OutputReceiver<MetricRow> rows) {
      Rows table = new Rows(merged.getRun(), merged.getTicket());
      Done<ArtifactResult> recalibrated =
          RecalibrationAction.perform(place, spec, merged.getWeights());
      ArtifactRef network = recalibrated.result().getArtifact();
      Done<EvaluationResult> evaluated = EvaluationAction.perform(place, spec, List.of(network));
      rows.output(table.costs().cost("recalibrate", recalibrated));
      rows.output(table.costs().evaluation(null, evaluated));
      return evaluated.result().getSplits().stream()
          .filter(split -> split.getSplit().equals("validation"))
          .mapToDouble(SplitScores::getLoss)
          .findFirst()
          .orElseThrow();
    }
  }
}
