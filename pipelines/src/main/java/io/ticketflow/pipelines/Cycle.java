package io.ticketflow.pipelines;

import io.ticketflow.beam.AverageParticles;
import io.ticketflow.beam.MeasureSolutions;
import io.ticketflow.beam.MoreRounds;
import io.ticketflow.beam.PruneTickets;
import io.ticketflow.beam.Stage;
import io.ticketflow.beam.TrainParticles;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.work.Workplace;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * SWAMP, algorithm 1 (Choi et al., "Sparse weight averaging with multiple particles for iterative
 * magnitude pruning", ICLR 2024): one turn of its outer loop, for all runs at once. {@link
 * TicketPipeline} is the loop.
 *
 * <p>The other iterative methods are the same turn with other settings: IMP has one particle and no
 * average over its epochs, a greedy soup merges by validation.
 */
final class Cycle extends PTransform<PCollection<RunTicket>, Cycle.Result> {
  private final Workplace place;
  private final int rounds;

  private Cycle(Workplace place, int rounds) {
    this.place = place;
    this.rounds = rounds;
  }

  /**
   * A cycle at a place.
   *
   * @param rounds that particles come in at most, at least 1
   */
  static Cycle at(Workplace place, int rounds) {
    return new Cycle(place, rounds);
  }

  @Override
  public Result expand(PCollection<RunTicket> tickets) {
    // Lines 4 to 7: N particles start from one ticket, each averaged over its last epochs.
    Stage<ParticleRecord> particles = tickets.apply("Train", TrainParticles.at(place));
    PCollectionList<MetricRow> rows = PCollectionList.of(particles.rows());
    // Line 8: their mean, or a soup.
    PCollection<MergedRecord> merged =
        particles.elements().apply("Average", AverageParticles.at(place));
    if (rounds > 1) { // Adaptive particles: as many more as make the mean better.
      Stage<MergedRecord> enough = merged.apply("Rounds", MoreRounds.at(place, rounds));
      rows = rows.and(enough.rows());
      merged = enough.elements();
    }
    // Its BatchNorm statistics are taken anew, since those of no particle fit it.
    Stage<MergedRecord> solutions = merged.apply("Measure", MeasureSolutions.at(place));
    // Lines 9 and 10: its smallest weights go; the next ticket is the rewound weights under that
    // mask.
    Stage<RunTicket> next = solutions.elements().apply("Prune", PruneTickets.at(place));
    return new Result(
        solutions.elements(), next.elements(), rows.and(solutions.rows()).and(next.rows()));
  }

  /**
   * What a cycle emits.
   *
   * @param solutions measured networks
   * @param next the next cycle's tickets
   * @param rows what was measured and what it cost, of each stage: one flattening of all cycles'
   *     rows takes less time than one a cycle
   */
  record Result(
      PCollection<MergedRecord> solutions,
      PCollection<RunTicket> next,
      PCollectionList<MetricRow> rows)
      implements POutput {
    private static final TupleTag<MergedRecord> SOLUTIONS = new TupleTag<>("solutions") {};
    private static final TupleTag<RunTicket> NEXT = new TupleTag<>("next") {};

    @Override
    public Pipeline getPipeline() {
      return next.getPipeline();
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      Map<TupleTag<?>, PValue> all = new HashMap<>(rows.expand());
      all.put(SOLUTIONS, solutions);
      all.put(NEXT, next);
      return all;
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {
      // all were finished by the ParDos that made them
    }
  }
}
