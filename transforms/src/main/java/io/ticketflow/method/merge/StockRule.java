package io.ticketflow.method.merge;

import io.ticketflow.action.merge.StockAction;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;

/**
 * Model Stock (Jang et al. 2024): between the particles' mean and the weights they set out from.
 */
final class StockRule implements MergeRule {
  @Override
  public ArtifactRef merge(Performer by, Purpose purpose, Particles particles) {
    ArtifactRef anchor = particles.anchorOf("Model Stock");
    return by.perform(StockAction.of(particles.networks(), anchor), purpose).result().getArtifact();
  }
}
