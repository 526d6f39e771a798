package io.ticketflow.method;

import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.RecalibrationAction;
import io.ticketflow.action.RepruneAction;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.result.Tickets;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.RunSpec;
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
    RunSpec spec = Specs.of(together);
    TicketRecord ticket =
        TicketRecord.newBuilder(members.get(0).getTicket()).setRun(together.getRun()).build();
    Purpose purpose = Purpose.of(together, ticket);
    Rows table = Rows.of(together, ticket);
    Done<ArtifactResult> pruned =
        by.perform(RepruneAction.of(spec, MeasureEnsemble.weights(members)), purpose);
    ArtifactRef mean = pruned.result().getArtifact();
    Done<ArtifactResult> recalibrated =
        by.perform(RecalibrationAction.of(by.place(), spec, mean), purpose);
    ArtifactRef weights = recalibrated.result().getArtifact();
    Tickets.publish(
        by,
        MergedRecord.newBuilder(members.get(0))
            .setRun(together)
            .setTicket(ticket)
            .setWeights(weights)
            .setParticles(List.of())
            .build());
    Done<EvaluationResult> evaluated =
        by.perform(EvaluationAction.of(by.place(), spec, List.of(weights)), purpose);
    out.rows(table.scores("merged", evaluated.result()));
    out.row(table.costs().cost("prune", pruned));
    out.row(table.costs().cost("recalibrate", recalibrated));
    out.row(table.costs().evaluation(null, evaluated));
  }
}
