package io.ticketflow.method.merge;

import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;

/** How the particles of a cycle become one network. */
public interface MergeRule {
  /** The merged network. */
  ArtifactRef merge(Performer by, Purpose purpose, Particles particles);

  /** Tells how the network of {@link #merge} was found, if there is anything to tell. */
  default void tell(Performer by, Purpose purpose, Particles particles, Rows table, Yield<?> out) {}
}
