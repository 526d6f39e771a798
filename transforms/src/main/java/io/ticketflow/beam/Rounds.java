package io.ticketflow.beam;

import io.ticketflow.action.Workplace;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.RoundRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.TrainingResult;
import java.util.List;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The merged network of every ticket, whose particles are trained all at once or in rounds.
 *
 * <p>Rounds are unrolled: each is a stage of its own, which the tickets of a cycle reach only if
 * the round before it made the mean better by more than {@code adaptive.minGain}. So the graph is
 * bounded, and whether a round happens is decided by a worker, by what validation says.
 */
public final class Rounds {
  private static final TupleTag<MergedRecord> MERGED = new TupleTag<>("merged") {};

  private Rounds() {}

  /**
   * Adds as many rounds as a run of the tickets may need.
   *
   * @param rounds at least 1
   */
  public static Stage<MergedRecord> of(
      PCollection<RunTicket> tickets, Workplace place, int rounds) {
    PCollection<RunTicket> round = tickets;
    PCollectionList<MergedRecord> merged = PCollectionList.empty(tickets.getPipeline());
    PCollectionList<MetricRow> rows = PCollectionList.empty(tickets.getPipeline());
    for (int number = 1; number <= rounds; number++) {
      String suffix = number == 1 ? "" : "Round" + number;
      Stage<ParticleRecord> trained = round.apply("Train" + suffix, TrainParticles.at(place));
      rows = rows.and(trained.rows());
      PCollection<ParticleRecord> particles = trained.elements();
      if (number > 1) {
        PCollection<ParticleRecord> earlier =
            round
                .apply("Earlier" + suffix, ParDo.of(new EarlierFn()))
                .setCoder(AvroCoder.specific(ParticleRecord.class));
        particles =
            PCollectionList.of(particles)
                .and(earlier)
                .apply("Together" + suffix, Flatten.pCollections());
      }
      PCollection<MergedRecord> mean =
          particles.apply("Average" + suffix, AverageParticles.at(place));
      if (rounds == 1) {
        return new Stage<>(MERGED, mean, trained.rows());
      }
      PCollectionTuple decided = mean.apply("Decide" + suffix, DecideRounds.at(place));
      merged = merged.and(decided.get(DecideRounds.DECIDED));
      rows = rows.and(decided.get(Stage.ROWS));
      round = decided.get(DecideRounds.MORE);
    }
    return new Stage<>(
        MERGED,
        merged.apply("Merged", Flatten.pCollections()),
        rows.apply("RoundRows", Flatten.pCollections()));
  }

  /** The particles of earlier rounds, which count in this round's mean. */
  private static final class EarlierFn extends DoFn<RunTicket, ParticleRecord> {
    @ProcessElement
    public void process(@Element RunTicket element, OutputReceiver<ParticleRecord> out) {
      RoundRecord round = element.getRound();
      int after = FanOut.trainedAfter(element, Specs.of(element.getRun()));
      for (int i = 0; round != null && i < round.getParticles().size(); i++) {
        TrainingResult training =
            TrainingResult.newBuilder()
                .setAction("")
                .setWeights(round.getParticles().get(i))
                .setEpochs(List.of())
                .setImages(0)
                .setSeconds(0)
                .setDevice("")
                .build();
        out.output(
            new ParticleRecord(
                element.getRun(), element.getTicket(), i, after, training, true, round));
      }
    }
  }
}
