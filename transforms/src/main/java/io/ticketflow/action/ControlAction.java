package io.ticketflow.action;

import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.Mask;
import io.ticketflow.math.RandomRanking;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ActionKey;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.NetworkPruning;
import io.ticketflow.store.PrunedMask;
import io.ticketflow.store.Tensor;
import io.ticketflow.store.TensorSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What controls train in place of a ticket: other weights, or a mask of the same layers' counts.
 */
public final class ControlAction {
  private static final int CODE_VERSION = 1;

  private ControlAction() {}

  /** Key of the other initialisation of a run. */
  public static String reinitialisationKey(RunSpec spec) {
    return ActionKey.of(
        "reinitialise",
        CODE_VERSION,
        Map.of("data", spec.data().withoutLocation(), "model", spec.model(), "seed", spec.seed()),
        List.of());
  }

  /** Another draw of the initialisation, the same one for all cycles of the run. */
  public static Done<ArtifactResult> reinitialise(Workplace place, RunSpec spec) {
    return ArtifactAction.perform(
        place,
        reinitialisationKey(spec),
        () -> {
          long seed = KeyedRandom.of(spec.seed(), "reinitialisation").nextLong();
          TensorSet drawn = Initialisation.draw(Networks.of(spec).graph(), seed);
          return ArtifactAction.Made.of(place.artifacts().save(drawn, Map.of()));
        });
  }

  /**
   * Key of a shuffled mask.
   *
   * @param mask digest of the mask
   */
  public static String shuffleKey(RunSpec spec, String mask) {
    return ActionKey.of("shuffle-mask", CODE_VERSION, Map.of("seed", spec.seed()), List.of(mask));
  }

  /**
   * In every layer as many entries as the mask keeps, uniformly at random (sanity check of Frankle
   * et al., ICLR 2021, "Pruning neural networks at initialization: why are we missing the mark?").
   *
   * @param network of the mask's shapes
   */
  public static Done<ArtifactResult> shuffle(
      Workplace place, RunSpec spec, ArtifactRef network, ArtifactRef mask) {
    return ArtifactAction.perform(
        place,
        shuffleKey(spec, mask.getSha256()),
        () -> {
          ArtifactStore artifacts = place.artifacts();
          TensorSet shapes = artifacts.load(network);
          PrunedMask shuffled =
              artifacts.saveMasks(shapes, shuffled(shapes, artifacts.loadMasks(mask), spec.seed()));
          return new ArtifactAction.Made(shuffled.mask(), shuffled.layers());
        });
  }

  private static Map<String, Mask> shuffled(TensorSet shapes, Map<String, Mask> masks, long seed) {
    RandomRanking order = new RandomRanking(KeyedRandom.of(seed, "shuffle").nextLong());
    Map<String, Mask> shuffled = new LinkedHashMap<>();
    masks.forEach(
        (name, mask) -> {
          Tensor tensor = shapes.get(name);
          TensorSet alone = TensorSet.of(List.of(tensor));
          Map<String, Mask> all = Map.of(name, Mask.full(mask.size()));
          shuffled.putAll(
              NetworkPruning.prune(alone, all, order, PruningSpec.Scope.GLOBAL, mask.kept()));
        });
    return shuffled;
  }
}
