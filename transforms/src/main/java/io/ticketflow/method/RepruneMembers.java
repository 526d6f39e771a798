package io.ticketflow.method;

import io.ticketflow.action.RepruneAction;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import java.util.List;

/**
 * Independent runs averaged and pruned again (IMP-RePrune; Zimmer, Spiegel and Pokutta, ICLR 2024):
 * put on file and measured as a solution of its own run.
 */
final class RepruneMembers {
  private RepruneMembers() {}

  /**
   * The network of one cycle.
   *
   * @param together the run that it is told of
   * @param members their solutions, in order
   */
  static void take(Performer by, RunRecord together, List<MergedRecord> members, Yield<Void> out) {
    TicketRecord ticket =
        TicketRecord.newBuilder(members.get(0).getTicket()).setRun(together.getRun()).build();
    Done<ArtifactResult> pruned =
        by.perform(
            RepruneAction.of(Specs.of(together), MeasureEnsemble.weights(members)),
            Purpose.of(together, ticket));
    out.row(Rows.of(together, ticket).costs().cost("prune", pruned));
    MeasureSolution.recalibrated(
        by,
        MergedRecord.newBuilder(members.get(0))
            .setRun(together)
            .setTicket(ticket)
            .setWeights(pruned.result().getArtifact())
            .setParticles(List.of())
            .build(),
        out);
  }
}
