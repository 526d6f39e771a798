package io.ticketflow.beam;

import io.ticketflow.action.ActionFailedException;
import io.ticketflow.action.CycleMasks;
import io.ticketflow.action.Done;
import io.ticketflow.action.Workplace;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.RunSpec;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The next cycle's tickets: each solution's next mask, laid on the weights that the method starts
 * its next cycle from. Runs that have reached their last cycle leave the stream, and so do
 * controls, whose tickets come from the run that they belong to.
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
      RunRecord run = solution.getRun();
      RunSpec spec = Specs.of(run);
      TicketRecord ticket = solution.getTicket();
      if (ticket.getCycle() >= spec.lastCycle() || spec.tickets().isControl()) {
        return;
      }
      ArtifactRef weights = solution.getWeights();
      ArtifactRef latent = solution.getLatent() == null ? weights : solution.getLatent();
      OutputReceiver<MetricRow> rows = out.get(Stage.ROWS);
      try {
        CycleMasks masks = new CycleMasks(place, spec);
        Done<ArtifactResult> mask = masks.next(ticket, weights, latent);
        ArtifactRef start = masks.start(ticket, weights, latent, mask.result().getArtifact());
        new TicketIssue(place, out.get(TICKETS)::output, rows::output)
            .issue(run, ticket.getCycle() + 1, mask, start);
      } catch (ActionFailedException e) {
        rows.output(
            new MetricRow(run.getRun(), Failures.of(run, ticket.getCycle(), null, e.getMessage())));
      }
    }
  }
}
