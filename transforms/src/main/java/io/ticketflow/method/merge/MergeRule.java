package io.ticketflow.method.merge;

import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import java.util.List;

/** How the particles of a cycle become one network. */
public interface MergeRule {
  /**
   * The merged network.
   *
   * @param particles of one mask, in the order of their numbers
   */
  ArtifactRef merge(Performer by, Purpose purpose, List<ArtifactRef> particles);

  /** Tells how the network of {@link #merge} was found, if there is anything to tell. */
  default void tell(
      Performer by, Purpose purpose, List<ArtifactRef> particles, Rows table, Yield<?> out) {}
}
