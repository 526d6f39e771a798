package io.ticketflow.pipelines;

import io.ticketflow.action.Workplace;
import io.ticketflow.beam.AverageParticles;
import io.ticketflow.beam.MeasureSolutions;
import io.ticketflow.beam.PruneTickets;
import io.ticketflow.beam.Stage;
import io.ticketflow.beam.TrainParticles;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.RunTicket;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/** The next tickets of all runs: train particles, average them, measure the mean, prune it. */
final class Cycle extends PTransform<PCollection<RunTicket>, Stage<RunTicket>> {
  private final Workplace place;

  private Cycle(Workplace place) {
    this.place = place;
  }

  static Cycle at(Workplace place) {
    return new Cycle(place);
  }

  @Override
  public Stage<RunTicket> expand(PCollection<RunTicket> tickets) {
    Stage<ParticleRecord> particles = tickets.apply("Train", TrainParticles.at(place));
    PCollection<MergedRecord> merged =
        particles.elements().apply("Average", AverageParticles.at(place));
    Stage<MergedRecord> solutions = merged.apply("Measure", MeasureSolutions.at(place));
    Stage<RunTicket> next = solutions.elements().apply("Prune", PruneTickets.at(place));
    PCollection<MetricRow> rows =
        PCollectionList.of(particles.rows())
            .and(solutions.rows())
            .and(next.rows())
            .apply("Rows", Flatten.pCollections());
    return next.withRows(rows);
  }
}
