package io.ticketflow.action.merge;

import io.ticketflow.action.ArtifactAction;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.store.ArtifactKarcher;
import io.ticketflow.work.Action;
import io.ticketflow.work.Kind;
import java.util.List;

/** Karcher's mean of a cycle's particles, in their order. */
public final class KarcherAction {
  private static final Kind<ArtifactResult> KIND = ArtifactAction.kind("karcher", 1);

  private KarcherAction() {}

  /** Karcher's mean of networks of one mask, at least one. */
  public static Action<ArtifactResult> of(List<ArtifactRef> particles) {
    return ArtifactAction.of(
        KIND, "karcher", particles, at -> ArtifactKarcher.of(at.artifacts(), particles));
  }
}
