package io.ticketflow.pipelines;

import io.ticketflow.action.Workplace;
import io.ticketflow.beam.MeasureSolutions;
import io.ticketflow.beam.PruneTickets;
import io.ticketflow.beam.Rounds;
import io.ticketflow.beam.Stage;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunTicket;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/** The next tickets of all runs: train particles, merge them, measure what came out, prune it. */
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
    Stage<MergedRecord> merged = Rounds.of(tickets, place, rounds);
    Stage<MergedRecord> solutions = merged.elements().apply("Measure", MeasureSolutions.at(place));
    Stage<RunTicket> next = solutions.elements().apply("Prune", PruneTickets.at(place));
    PCollection<MetricRow> rows =
        PCollectionList.of(merged.rows())
            .and(solutions.rows())
            .and(next.rows())
            .apply("Rows", Flatten.pCollections());
    return new Result(solutions.elements(), next.elements(), rows);
  }

  /**
   * What a cycle emits.
   *
   * @param solutions measured networks
   * @param next the next cycle's tickets
   * @param rows what was measured and what it cost
   */
  record Result(
      PCollection<MergedRecord> solutions, PCollection<RunTicket> next, PCollection<MetricRow> rows)
      implements POutput {
    private static final TupleTag<MergedRecord> SOLUTIONS = new TupleTag<>("solutions") {};
    private static final TupleTag<RunTicket> NEXT = new TupleTag<>("next") {};
    private static final TupleTag<MetricRow> ROWS = new TupleTag<>("cycle-rows") {};

    @Override
    public Pipeline getPipeline() {
      return next.getPipeline();
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      return Map.of(SOLUTIONS, solutions, NEXT, next, ROWS, rows);
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {
      // all three were finished by the ParDos that made them
    }
  }
}
