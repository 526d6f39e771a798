package io.ticketflow.method.merge;

import io.ticketflow.action.merge.KarcherAction;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;

/** Karcher's mean of the particles' directions, tensor by tensor, at their mean length. */
final class KarcherRule implements MergeRule {
  @Override
  public ArtifactRef merge(Performer by, Purpose purpose, Particles particles) {
    return by.perform(KarcherAction.of(particles.networks()), purpose).result().getArtifact();
  }
}
