package io.ticketflow.beam;

import io.ticketflow.action.ActionFailedException;
import io.ticketflow.action.Done;
import io.ticketflow.action.PruningAction;
import io.ticketflow.action.Workplace;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.NextCycleSpec;
import io.ticketflow.spec.RunSpec;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The next cycle's tickets: each solution's smaller mask, laid on the weights that the method
 * starts its next cycle from. Runs that have reached their last cycle leave the stream.
 */
public final class PruneTickets extends PTransform<PCollection<MergedRecord>, Stage<RunTicket>> {
  private static final TupleTag<RunTicket> TICKETS = new TupleTag<>("tickets") {};

  private final Workplace place;

  private PruneTickets(Workplace place) {
    this.place = place;
  }

  public static PruneTickets at(Workplace place) {
    return new PruneTickets(place);
  }

  @Override
  public Stage<RunTicket> expand(PCollection<MergedRecord> solutions) {
    return Stage.of(
        solutions.apply(
            "Prune", ParDo.of(new PruneFn(place)).withOutputTags(TICKETS, Stage.WITH_ROWS)),
        TICKETS,
        RunTicket.class);
  }

  private static final class PruneFn extends DoFn<MergedRecord, RunTicket> {
    private final Workplace place;

    PruneFn(Workplace place) {
      this.place = place;
    }

    @ProcessElement
    public void process(@Element MergedRecord solution, MultiOutputReceiver out) {
      RunSpec spec = Specs.of(solution.getRun());
      TicketRecord ticket = solution.getTicket();
      int next = ticket.getCycle() + 1;
      if (next > spec.pruning().lastCycle()) {
        return;
      }
      OutputReceiver<MetricRow> rows = out.get(Stage.ROWS);
      Done<ArtifactResult> mask;
      try {
        mask =
            PruningAction.perform(
                place,
                spec,
                spec.pruning().criterion(),
                spec.keptIn(next, ticket.getTotal()),
                solution.getWeights(),
                ticket.getMask());
      } catch (ActionFailedException e) {
        rows.output(
            new MetricRow(
                ticket.getRun(),
                Failures.of(solution.getRun(), ticket.getCycle(), null, e.getMessage())));
        return;
      }
      ArtifactRef weights =
          spec.nextCycle().weights() == NextCycleSpec.Weights.REWIND
              ? ticket.getWeights()
              : solution.getWeights();
      RunTicket pruned =
          Tickets.write(place.blobs(), solution.getRun(), next, mask.result(), weights);
      Rows table = new Rows(pruned.getRun(), pruned.getTicket());
      table.layers().forEach(rows::output);
      rows.output(table.cost("prune", mask));
      out.get(TICKETS).output(pruned);
    }
  }
}
