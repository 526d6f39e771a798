package io.ticketflow.method;

import io.ticketflow.action.ControlAction;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.result.Tickets;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.RoundRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.TicketsSpec;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tickets on their way into a cycle: put on file, counted, handed to a run and its controls. */
final class IssueTickets {
  private IssueTickets() {}

  /**
   * The tickets of a run's cycle.
   *
   * @param trained the network that the mask was made of
   * @param moments of the particles' optimisers, if they go on
   * @param members that the run has trained so far, where it trains some
   */
  static void of(
      Performer by,
      RunRecord run,
      int cycle,
      Done<ArtifactResult> mask,
      ArtifactRef weights,
      ArtifactRef trained,
      List<ArtifactRef> moments,
      @Nullable RoundRecord members,
      Yield<RunTicket> out) {
    one(by, run, cycle, mask, weights, moments, members, out);
    for (RunRecord control : run.getControls()) {
      RunSpec spec = Specs.of(control);
      TicketsSpec how = spec.tickets();
      Purpose purpose = Purpose.of(control, cycle);
      Done<ArtifactResult> itsMask =
          how.mask() == TicketsSpec.Mask.SAME
              ? mask
              : by.perform(ControlAction.shuffle(spec, weights, mask.result()), purpose);
      ArtifactRef itsWeights =
          how.weights() == TicketsSpec.Weights.SAME ? weights : drawn(by, purpose, spec, trained);
      one(by, control, cycle, itsMask, itsWeights, List.of(), null, out);
    }
  }

  private static ArtifactRef drawn(
      Performer by, Purpose purpose, RunSpec spec, ArtifactRef trained) {
    ArtifactRef drawn =
        by.perform(ControlAction.reinitialise(spec), purpose).result().getArtifact();
    return spec.tickets().signs() == TicketsSpec.Signs.DRAWN
        ? drawn
        : by.perform(ControlAction.keepSigns(drawn, trained), purpose).result().getArtifact();
  }

  private static void one(
      Performer by,
      RunRecord run,
      int cycle,
      Done<ArtifactResult> mask,
      ArtifactRef weights,
      List<ArtifactRef> moments,
      @Nullable RoundRecord members,
      Yield<RunTicket> out) {
    TicketRecord ticket = Tickets.ticket(run, cycle, mask.result(), weights, moments);
    Tickets.publish(by, ticket);
    Rows table = Rows.of(run, ticket);
    if (!Specs.of(run).regime().changesMasksInTraining()) {
      out.rows(table.layers(ticket.getLayers())); // else the trained network's mask counts
    }
    out.row(table.costs().cost("prune", mask));
    out.element(new RunTicket(run, ticket, members));
  }
}
