package io.ticketflow.method;

import io.ticketflow.action.prune.ImportedMaskAction;
import io.ticketflow.action.prune.PruningAction;
import io.ticketflow.action.prune.RegrowthAction;
import io.ticketflow.action.prune.VoteAction;
import io.ticketflow.network.Counts;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.MaskStep;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import java.util.List;

/** What a cycle of a run begins with: a mask, as {@link MaskStep} says, and weights. */
final class CycleMasks {
  private final Performer by;
  private final RunSpec run;
  private final int cycle;
  private final Purpose purpose;
  private final MaskStep step;

  CycleMasks(Performer by, RunRecord run, int cycle) {
    this.by = by;
    this.run = Specs.of(run);
    this.cycle = cycle;
    this.purpose = Purpose.of(run, cycle);
    this.step = this.run.regime().mask(cycle);
  }

  /**
   * The first cycle's mask.
   *
   * @param start the matching ticket
   */
  Done<ArtifactResult> first(ArtifactRef start) {
    if (step.kind() == MaskStep.Kind.IMPORTED) {
      return perform(ImportedMaskAction.of(run, start));
    }
    Done<ArtifactResult> full = perform(PruningAction.dense(run, start));
    if (step.kind() == MaskStep.Kind.FULL) {
      return full;
    }
    long total = Counts.of(full.result().getLayers()).total();
    return prune(total, start, full.result().getArtifact());
  }

  /**
   * A later cycle's mask.
   *
   * @param ticket of the cycle before
   * @param solution the network that the cycle ended with
   * @param latent the dense weights behind it; the solution where there are none
   * @param particles that it was merged of
   */
  Done<ArtifactResult> next(
      TicketRecord ticket, ArtifactRef solution, ArtifactRef latent, List<ArtifactRef> particles) {
    ArtifactRef start = ticket.getWeights();
    ArtifactRef mask = ticket.getMask();
    long kept = ticket.getKept();
    long total = ticket.getTotal();
    return switch (step.kind()) {
      case FULL -> perform(PruningAction.dense(run, start));
      case IMPORTED -> throw new IllegalStateException("a first mask alone comes from a file");
      case START -> prune(total, start, full(start));
      case SOLUTION ->
          run.votes(particles.size())
              ? perform(
                  VoteAction.of(run, run.keptIn(cycle, total), total, solution, mask, particles))
              : prune(total, solution, mask);
      case SAME -> prune(total, solution, mask); // it keeps as many, and so the same
      case LATENT -> prune(total, latent, full(start));
      case REGROW ->
          perform(RegrowthAction.mask(by.place(), run, cycle, solution, mask, kept, total));
    };
  }

  /**
   * The weights that a later cycle's mask is laid on.
   *
   * @param changed its mask
   */
  ArtifactRef start(
      TicketRecord ticket, ArtifactRef solution, ArtifactRef latent, ArtifactRef changed) {
    if (step.kind() == MaskStep.Kind.REGROW) {
      return perform(RegrowthAction.weights(run, cycle, solution, ticket.getMask(), changed))
          .result()
          .getArtifact();
    }
    return run.regime().rewinds() ? ticket.getWeights() : latent;
  }

  private ArtifactRef full(ArtifactRef weights) {
    return perform(PruningAction.dense(run, weights)).result().getArtifact();
  }

  private Done<ArtifactResult> prune(long total, ArtifactRef weights, ArtifactRef mask) {
    long kept = run.keptIn(cycle, total);
    return perform(PruningAction.of(by.place(), run, step.criterion(), kept, total, weights, mask));
  }

  private Done<ArtifactResult> perform(Action<ArtifactResult> action) {
    return by.perform(action, purpose);
  }
}
