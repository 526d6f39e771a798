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
import java.util.TreeMap;
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
   * @param place whose platform counts where the engine computes scores
   * @param criterion what ranks the weights
   * @param kept entries that the mask keeps
   * @param weights digest of the network
   * @param mask digest of the mask that it has now
   */
  public static String key(
      Workplace place,
      RunSpec spec,
      PruningSpec.Criterion criterion,
      long kept,
      String weights,
      String mask) {
    PruningSpec pruning = spec.pruning();
    Map<String, Object> decisive = new TreeMap<>();
    decisive.put("criterion", criterion);
    decisive.put("scope", pruning.scope());
    decisive.put("exclude", pruning.exclude());
    decisive.put("kept", kept);
    decisive.put("seed", criterion == PruningSpec.Criterion.RANDOM ? spec.seed() : 0L);
    if (criterion.isSaliency()) {
      decisive.putAll(SaliencyPruning.decisive(place, spec, criterion));
    }
    return ActionKey.of("prune", CODE_VERSION, decisive, List.of(weights, mask));
  }

  /** The mask of cycle 0. */
  public static Done<ArtifactResult> performDense(
      Workplace place, RunSpec spec, ArtifactRef weights) {
    String key = denseKey(spec, weights.getSha256());
    return perform(
        place, key, () -> new ArtifactPruning(place.artifacts()).fullMask(weights, spec.pruning()));
  }

  /**
   * The mask of a later cycle: a subset of {@code mask} with exactly {@code kept} entries.
   *
   * <p>Magnitudes and random keys are streamed. SNIP, GraSP and SynFlow hold the network in the
   * heap and score it on a device; entries without a score, such as where no gradient arrives, tie.
   */
  public static Done<ArtifactResult> perform(
      Workplace place,
      RunSpec spec,
      PruningSpec.Criterion criterion,
      long kept,
      ArtifactRef weights,
      ArtifactRef mask) {
    String key = key(place, spec, criterion, kept, weights.getSha256(), mask.getSha256());
    if (criterion.isSaliency()) {
      return perform(
          place,
          key,
          () ->
              place.onDevice(
                  device ->
                      new SaliencyPruning(place, spec, criterion, kept, device)
                          .prune(weights, mask)));
    }
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
