package io.ticketflow.action;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.store.ActionKey;
import io.ticketflow.store.ArtifactMean;
import java.util.List;

/** The mean of a cycle's particles, in their order. */
public final class AveragingAction {
  private static final int CODE_VERSION = 1;

  private AveragingAction() {}

  public static String key(List<String> particles) {
    return ActionKey.of("average", CODE_VERSION, "mean", particles);
  }

  public static Done<ArtifactResult> perform(Workplace place, List<ArtifactRef> particles) {
    String key = key(particles.stream().map(ArtifactRef::getSha256).toList());
    return ArtifactAction.perform(
        place, key, () -> ArtifactAction.Made.of(ArtifactMean.mean(place.artifacts(), particles)));
  }
}
