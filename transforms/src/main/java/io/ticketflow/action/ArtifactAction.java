package io.ticketflow.action;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What averaging, recalibration and pruning share: they make one artifact. */
public final class ArtifactAction {
  private ArtifactAction() {}

  /**
   * What such an action makes.
   *
   * @param layers what the artifact keeps, if it is a mask; else empty
   */
  public record Made(ArtifactRef artifact, List<LayerCount> layers) {
    /** An artifact that is no mask. */
    public static Made of(ArtifactRef artifact) {
      return new Made(artifact, List.of());
    }
  }

  /** A kind of actions that make one artifact. */
  public static Kind<ArtifactResult> kind(String name, int codeVersion) {
    return new Kind<>(
        name, codeVersion, ArtifactResult.class, result -> Optional.of(result.getArtifact()));
  }

  /** An action that makes a network. */
  public static Action<ArtifactResult> of(
      Kind<ArtifactResult> kind,
      Object dependsOn,
      List<ArtifactRef> inputs,
      Function<Attempt, ArtifactRef> work) {
    return ofMask(kind, dependsOn, inputs, List::of, at -> Made.of(work.apply(at)));
  }

  /**
   * An action that makes a mask.
   *
   * @param promised counts that add up to those of the mask
   */
  public static Action<ArtifactResult> ofMask(
      Kind<ArtifactResult> kind,
      Object dependsOn,
      List<ArtifactRef> inputs,
      Supplier<List<LayerCount>> promised,
      Function<Attempt, Made> work) {
    return Action.of(
        kind,
        dependsOn,
        inputs,
        made -> new ArtifactResult("", made, promised.get(), 0.0),
        at -> {
          Made made = work.apply(at);
          return new ArtifactResult(at.key(), made.artifact(), made.layers(), at.seconds());
        });
  }

  /** Counts that a mask which is still to be made is promised to have, in one sum. */
  public static List<LayerCount> sum(long kept, long total) {
    return List.of(new LayerCount("", kept, total));
  }
}
