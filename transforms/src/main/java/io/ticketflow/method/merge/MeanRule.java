package io.ticketflow.method.merge;

import io.ticketflow.action.AveragingAction;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import java.util.List;

/** The mean (SWAMP, Choi et al. 2024): the particles share a mask, so it has their density. */
public final class MeanRule implements MergeRule {
  @Override
  public ArtifactRef merge(Performer by, Purpose purpose, Particles particles) {
    return of(by, purpose, particles.networks());
  }

  /** The mean of networks of one mask, at least one. */
  public static ArtifactRef of(Performer by, Purpose purpose, List<ArtifactRef> networks) {
    return by.perform(AveragingAction.of(networks), purpose).result().getArtifact();
  }
}
