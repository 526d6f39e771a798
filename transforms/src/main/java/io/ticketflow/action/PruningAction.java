package io.ticketflow.action;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ActionKey;
import io.ticketflow.store.ArtifactPruning;
import io.ticketflow.store.PrunedMask;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The next mask: the entries of a network that its criterion ranks highest, an exact number of
 * them.
 */
public final class PruningAction {
  private static final int CODE_VERSION = 1;

  private PruningAction() {}

  /** Key of the mask of cycle 0, which keeps everything. */
  public static String denseKey(RunSpec spec, String weights) {
    return ActionKey.of(
        "dense-mask", CODE_VERSION, Map.of("exclude", spec.pruning().exclude()), List.of(weights));
  }

  /**
   * Key of a later cycle's mask.
   *
   * @param criterion what ranks the weights
   * @param kept entries that the mask keeps
   * @param weights digest of the network
   * @param mask digest of the mask that it has now
   */
  public static String key(
      RunSpec spec, PruningSpec.Criterion criterion, long kept, String weights, String mask) {
    PruningSpec pruning = spec.pruning();
    return ActionKey.of(
        "prune",
        CODE_VERSION,
        Map.of(
            "criterion",
            criterion,
            "scope",
            pruning.scope(),
            "exclude",
            pruning.exclude(),
            "kept",
            kept,
            "seed",
            criterion == PruningSpec.Criterion.RANDOM ? spec.seed() : 0L),
        List.of(weights, mask));
  }

  /** The mask of cycle 0. */
  public static Done<ArtifactResult> performDense(
      Workplace place, RunSpec spec, ArtifactRef weights) {
    String key = denseKey(spec, weights.getSha256());
    return perform(
        place, key, () -> new ArtifactPruning(place.artifacts()).fullMask(weights, spec.pruning()));
  }

  /** The mask of a later cycle: a subset of {@code mask} with exactly {@code kept} entries. */
  public static Done<ArtifactResult> perform(
      Workplace place,
      RunSpec spec,
      PruningSpec.Criterion criterion,
      long kept,
      ArtifactRef weights,
      ArtifactRef mask) {
    String key = key(spec, criterion, kept, weights.getSha256(), mask.getSha256());
    return perform(
        place,
        key,
        () ->
            new ArtifactPruning(place.artifacts())
                .prune(weights, mask, spec.pruning().by(criterion), kept, spec.seed()));
  }

  private static Done<ArtifactResult> perform(
      Workplace place, String key, Supplier<PrunedMask> pruning) {
    return ArtifactAction.perform(
        place,
        key,
        () -> {
          PrunedMask pruned = pruning.get();
          return new ArtifactAction.Made(pruned.mask(), pruned.layers());
        });
  }
}
