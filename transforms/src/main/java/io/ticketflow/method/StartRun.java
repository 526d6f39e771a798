package io.ticketflow.method;

import io.ticketflow.action.MatchingTicketAction;
import io.ticketflow.method.step.Failing;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.ActionFailedException;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import java.util.List;

/**
 * A run's first ticket: the matching ticket's weights under a mask, which is full unless the method
 * prunes at initialisation.
 */
public final class StartRun {
  private StartRun() {}

  /** The first ticket of a run, and of its controls. */
  public static void take(Performer by, RunRecord run, Yield<RunTicket> out) {
    Failing.toRow(run, 0, "matching ticket: ", out, () -> start(by, run, out));
  }

  private static void start(Performer by, RunRecord run, Yield<RunTicket> out) {
    RunSpec spec = Specs.of(run);
    int particle = MatchingTicketAction.PARTICLE;
    Done<TrainingResult> trained =
        by.perform(MatchingTicketAction.of(by.place(), spec), new Purpose(run, 0, particle));
    String failure = trained.result().getFailure();
    if (failure != null) {
      throw new ActionFailedException(failure);
    }
    ArtifactRef weights = trained.result().getWeights();
    Done<ArtifactResult> mask = new CycleMasks(by, run, spec.firstCycle()).first(weights);
    Rows table = Rows.dense(run);
    out.rows(table.curve(particle, trained.result()));
    out.row(table.costs().training(particle, trained));
    IssueTickets.of(by, run, spec.firstCycle(), mask, weights, weights, List.of(), null, out);
  }
}
