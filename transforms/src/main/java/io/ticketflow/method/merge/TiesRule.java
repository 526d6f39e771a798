package io.ticketflow.method.merge;

import io.ticketflow.action.merge.TiesAction;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;

/**
 * TIES (Yadav et al. 2023): from the weights that the particles set out from, by what the largest
 * of their steps agree on.
 */
final class TiesRule implements MergeRule {
  @Override
  public ArtifactRef merge(Performer by, Purpose purpose, Particles particles) {
    return by.perform(
            TiesAction.of(
                Specs.of(purpose.run()).merging(),
                particles.networks(),
                particles.anchorOf("TIES")),
            purpose)
        .result()
        .getArtifact();
  }
}
