package io.ticketflow.beam;

import io.ticketflow.action.ControlAction;
import io.ticketflow.action.Done;
import io.ticketflow.action.Workplace;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.TicketsSpec;
import java.util.function.Consumer;

/** Tickets on their way into a cycle: written, counted, and handed to the run and its controls. */
final class TicketIssue {
  private final Workplace place;
  private final Consumer<RunTicket> tickets;
  private final Consumer<MetricRow> rows;

  TicketIssue(Workplace place, Consumer<RunTicket> tickets, Consumer<MetricRow> rows) {
    this.place = place;
    this.tickets = tickets;
    this.rows = rows;
  }

  /** The ticket of a run's cycle. */
  void issue(RunRecord run, int cycle, Done<ArtifactResult> mask, ArtifactRef weights) {
    TicketRecord ticket = one(run, cycle, mask, weights);
    for (RunRecord control : run.getControls()) {
      RunSpec spec = Specs.of(control);
      TicketsSpec how = spec.tickets();
      Done<ArtifactResult> itsMask =
          how.mask() == TicketsSpec.Mask.SAME
              ? mask
              : ControlAction.shuffle(place, spec, weights, ticket.getMask());
      ArtifactRef itsWeights =
          how.weights() == TicketsSpec.Weights.SAME
              ? weights
              : ControlAction.reinitialise(place, spec).result().getArtifact();
      one(control, cycle, itsMask, itsWeights);
    }
  }

  private TicketRecord one(
      RunRecord run, int cycle, Done<ArtifactResult> mask, ArtifactRef weights) {
    RunTicket issued = Tickets.write(place.blobs(), run, cycle, mask.result(), weights);
    Rows table = new Rows(run, issued.getTicket());
    if (!Specs.of(run).training().sparsifier().isInside()) {
      table.layers().forEach(rows); // else it is the trained network's mask that counts
    }
    rows.accept(table.costs().cost("prune", mask));
    tickets.accept(issued);
    return issued.getTicket();
  }
}
