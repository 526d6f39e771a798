package io.ticketflow.method;

import io.ticketflow.method.step.Failing;
import io.ticketflow.method.step.Yield;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.RoundRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Specs;
import java.util.List;

/**
 * The next cycle's ticket: a solution's next mask, laid on the weights that the method starts its
 * next cycle from. A run that has reached its last cycle ends here, and so does a control, whose
 * tickets come from the run that it belongs to.
 */
public final class NextTicket {
  private NextTicket() {}

  /** The ticket that a solution leads to, for its run and the run's controls. */
  public static void take(Performer by, MergedRecord solution, Yield<RunTicket> out) {
    RunSpec spec = Specs.of(solution.getRun());
    int cycle = solution.getTicket().getCycle();
    if (cycle < spec.lastCycle() && !spec.tickets().isControl()) {
      Failing.toRow(solution.getRun(), cycle, "", out, () -> prune(by, solution, out));
    }
  }

  private static void prune(Performer by, MergedRecord solution, Yield<RunTicket> out) {
    RunRecord run = solution.getRun();
    TicketRecord ticket = solution.getTicket();
    int cycle = ticket.getCycle() + 1;
    ArtifactRef weights = solution.getWeights();
    ArtifactRef latent = solution.getLatent() == null ? weights : solution.getLatent();
    CycleMasks masks = new CycleMasks(by, run, cycle);
    Done<ArtifactResult> mask = masks.next(ticket, weights, latent, solution.getParticles());
    ArtifactRef start =
        Specs.of(run).regime().isMember(cycle)
            ? PerturbedMembers.start(by, solution)
            : masks.start(ticket, weights, latent, mask.result().getArtifact());
    List<ArtifactRef> moments = solution.getMoments();
    RoundRecord before = PerturbedMembers.before(solution);
    IssueTickets.of(by, run, cycle, mask, start, weights, moments, before, out);
  }
}
