package io.ticketflow.action;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.store.ArtifactMean;
import io.ticketflow.work.Action;
import io.ticketflow.work.Kind;
import java.util.List;

/** The mean of a cycle's particles, in their order. */
public final class AveragingAction {
  private static final Kind<ArtifactResult> KIND = ArtifactAction.kind("average", 1);

  private AveragingAction() {}

  /** The mean of networks of one mask, at least one. */
  public static Action<ArtifactResult> of(List<ArtifactRef> particles) {
    return ArtifactAction.of(
        KIND, "mean", particles, at -> ArtifactMean.mean(at.artifacts(), particles));
  }
}
