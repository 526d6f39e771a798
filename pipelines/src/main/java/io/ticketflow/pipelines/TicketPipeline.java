package io.ticketflow.pipelines;

import io.ticketflow.action.Workplace;
import io.ticketflow.beam.InitialiseTickets;
import io.ticketflow.beam.Stage;
import io.ticketflow.beam.SweepLeftovers;
import io.ticketflow.beam.WriteTables;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.spec.CanonicalJson;
import io.ticketflow.spec.RunSpec;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * The pipeline of a whole sweep. Its elements are runs, so the graph grows with the number of
 * cycles only; a run that has fewer cycles leaves the stream early.
 */
public final class TicketPipeline {
  private TicketPipeline() {}

  /**
   * Adds the sweep to a pipeline.
   *
   * @param runs whose data sets have digests
   */
  public static void build(Pipeline pipeline, List<RunRecord> runs, Workplace place) {
    PCollection<RunRecord> sweep =
        pipeline.apply("Runs", Create.of(runs).withCoder(AvroCoder.specific(RunRecord.class)));
    Stage<RunTicket> tickets = sweep.apply("Initialise", InitialiseTickets.at(place));
    PCollectionList<MetricRow> rows = PCollectionList.of(tickets.rows());
    for (int cycle = 0; cycle <= lastCycle(runs); cycle++) {
      tickets =
          tickets.elements().apply(String.format(Locale.ROOT, "Cycle%02d", cycle), Cycle.at(place));
      rows = rows.and(tickets.rows());
    }
    rows.apply("AllRows", Flatten.pCollections())
        .apply("WriteTables", WriteTables.at(place))
        .apply("SweepLeftovers", SweepLeftovers.after(runs, place));
  }

  private static int lastCycle(List<RunRecord> runs) {
    return runs.stream()
        .mapToInt(run -> CanonicalJson.read(run.getSpec(), RunSpec.class).pruning().lastCycle())
        .max()
        .orElse(0);
  }
}
