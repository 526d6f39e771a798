package io.ticketflow.action;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.LayerCount;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What averaging, recalibration and pruning share: one artifact, timed and committed. */
final class ArtifactAction {
  private ArtifactAction() {}

  /** What such an action makes. */
  record Made(ArtifactRef artifact, List<LayerCount> layers) {
    static Made of(ArtifactRef artifact) {
      return new Made(artifact, List.of());
    }
  }

  static Done<ArtifactResult> perform(Workplace place, String key, Supplier<Made> work) {
    return new Actions(place)
        .perform(
            key,
            ArtifactResult.class,
            result -> Optional.of(result.getArtifact()),
            () -> {
              Stopwatch watch = new Stopwatch();
              Made made = work.get();
              return new ArtifactResult(key, made.artifact(), made.layers(), watch.seconds());
            });
  }
}
