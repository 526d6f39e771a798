package io.ticketflow.work;

import io.ticketflow.schemas.ArtifactRef;

/** What stands for the result of an action in a plan, as long as there is none. */
@FunctionalInterface
public interface Promise<R> {
  /**
   * The stand-in.
   *
   * @param made stands for the artifact that the action will make; its digest is a name
   */
  R of(ArtifactRef made);
}
