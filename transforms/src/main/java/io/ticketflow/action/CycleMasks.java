package io.ticketflow.action;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.RunSpec;

/** What the cycles of a run begin with: masks, as {@link MaskStep} says, and weights. */
public final class CycleMasks {
  private final Workplace place;
  private final RunSpec run;

  public CycleMasks(Workplace place, RunSpec run) {
    this.place = place;
    this.run = run;
  }

  /**
   * The first cycle's.
   *
   * @param start the matching ticket
   */
  public Done<ArtifactResult> first(ArtifactRef start) {
    Done<ArtifactResult> full = PruningAction.performDense(place, run, start);
    MaskStep step = MaskStep.of(run, run.firstCycle());
    return step.kind() == MaskStep.Kind.FULL
        ? full
        : prune(step, run.firstCycle(), total(full), start, full.result().getArtifact());
  }

  /**
   * A later cycle's.
   *
   * @param ticket of the cycle before
   * @param solution the network that the cycle ended with
   * @param latent the dense weights behind it; the solution where there are none
   */
  public Done<ArtifactResult> next(TicketRecord ticket, ArtifactRef solution, ArtifactRef latent) {
    int cycle = ticket.getCycle() + 1;
    ArtifactRef start = ticket.getWeights();
    ArtifactRef mask = ticket.getMask();
    long total = ticket.getTotal();
    MaskStep step = MaskStep.of(run, cycle);
    return switch (step.kind()) {
      case FULL -> PruningAction.performDense(place, run, start);
      case START -> prune(step, cycle, total, start, full(start));
      case SOLUTION -> prune(step, cycle, total, solution, mask);
      case LATENT -> prune(step, cycle, total, latent, full(start));
      case REGROW -> RegrowthAction.perform(place, run, cycle, solution, mask);
    };
  }

  /**
   * The weights that a later cycle's mask is laid on.
   *
   * @param changed its mask
   */
  public ArtifactRef start(
      TicketRecord ticket, ArtifactRef solution, ArtifactRef latent, ArtifactRef changed) {
    int cycle = ticket.getCycle() + 1;
    if (MaskStep.of(run, cycle).kind() == MaskStep.Kind.REGROW) {
      return RegrowthAction.performWeights(place, run, cycle, solution, ticket.getMask(), changed)
          .result()
          .getArtifact();
    }
    return run.rewinds() ? ticket.getWeights() : latent;
  }

  private ArtifactRef full(ArtifactRef weights) {
    return PruningAction.performDense(place, run, weights).result().getArtifact();
  }

  private static long total(Done<ArtifactResult> full) {
    return full.result().getLayers().stream().mapToLong(LayerCount::getTotal).sum();
  }

  private Done<ArtifactResult> prune(
      MaskStep step, int cycle, long total, ArtifactRef weights, ArtifactRef mask) {
    return PruningAction.perform(
        place, run, step.criterion(), run.keptIn(cycle, total), weights, mask);
  }
}
