package io.ticketflow.action.prune;

import io.ticketflow.action.ArtifactAction;
import io.ticketflow.action.Networks;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.LayerCount;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactPruning;
import io.ticketflow.store.PrunedMask;
import io.ticketflow.work.Action;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The next mask: the entries of a network that its criterion ranks highest, an exact number of
 * them.
 */
public final class PruningAction {
  private static final Kind<ArtifactResult> DENSE = ArtifactAction.kind("dense-mask", 1);
  private static final Kind<ArtifactResult> PRUNE = ArtifactAction.kind("prune", 1);

  private PruningAction() {}

  /** The engines that a run needs: its own, and those of its criteria. */
  public static Set<EngineName> engines(RunSpec spec) {
    return EnumSet.of(
        spec.training().engine(),
        Criteria.of(spec.pruning().criterion()).engine(spec),
        Criteria.of(spec.pruning().initial()).engine(spec));
  }

  /** The mask of cycle 0, which keeps everything. */
  public static Action<ArtifactResult> dense(RunSpec spec, ArtifactRef weights) {
    return ArtifactAction.ofMask(
        DENSE,
        Map.of("exclude", spec.pruning().exclude()),
        List.of(weights),
        () -> whole(spec),
        at -> made(new ArtifactPruning(at.artifacts()).fullMask(weights, spec.pruning())));
  }

  /**
   * The mask of a later cycle: a subset of {@code mask} with exactly {@code kept} entries.
   *
   * @param place its platform counts where the engine computes scores
   * @param criterion what ranks the weights
   * @param kept entries that the mask keeps
   * @param total prunable entries
   * @param weights the network
   * @param mask that it has now
   */
  public static Action<ArtifactResult> of(
      Workplace place,
      RunSpec spec,
      PruningSpec.Criterion criterion,
      long kept,
      long total,
      ArtifactRef weights,
      ArtifactRef mask) {
    PruningSpec pruning = spec.pruning();
    MaskCriterion ranked = Criteria.of(criterion);
    Map<String, Object> decisive = new TreeMap<>();
    decisive.put("criterion", criterion);
    decisive.put("scope", pruning.scope());
    decisive.put("exclude", pruning.exclude());
    decisive.put("kept", kept);
    decisive.put("seed", 0L); // unless the criterion draws
    decisive.putAll(ranked.dependsOn(place, spec));
    return ArtifactAction.ofMask(
        PRUNE,
        decisive,
        List.of(weights, mask),
        () -> ArtifactAction.sum(kept, total),
        at -> made(ranked.prune(at, spec, kept, weights, mask)));
  }

  private static List<LayerCount> whole(RunSpec spec) {
    return Networks.of(spec).prunable(spec).stream()
        .map(tensor -> new LayerCount(tensor.name(), tensor.size(), tensor.size()))
        .toList();
  }

  static ArtifactAction.Made made(PrunedMask mask) {
    return new ArtifactAction.Made(mask.mask(), mask.layers());
  }
}
