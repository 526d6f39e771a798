package io.ticketflow.action;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.Mask;
import io.ticketflow.math.RandomRanking;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.PrunedMask;
import io.ticketflow.work.Action;
import io.ticketflow.work.Kind;
import java.util.List;
import java.util.Map;

/**
 * What controls train in place of a ticket: other weights, or a mask of the same layers' counts.
 */
public final class ControlAction {
  private static final Kind<ArtifactResult> REINITIALISE = ArtifactAction.kind("reinitialise", 1);
  private static final Kind<ArtifactResult> SIGN = ArtifactAction.kind("keep-signs", 1);
  private static final Kind<ArtifactResult> SHUFFLE = ArtifactAction.kind("shuffle-mask", 1);

  private ControlAction() {}

  /** Another draw of the initialisation, the same one for all cycles of the run. */
  public static Action<ArtifactResult> reinitialise(RunSpec spec) {
    return ArtifactAction.of(
        REINITIALISE,
        Map.of(
            "data",
            spec.data().withoutLocation(),
            "model",
            spec.model().withoutLocation(),
            "seed",
            spec.seed()),
        List.of(),
        at -> {
          long seed = KeyedRandom.of(spec.seed(), "reinitialisation").nextLong();
          TensorSet drawn = Networks.of(spec).draw(spec, seed);
          return at.artifacts().save(drawn, Masks.NONE);
        });
  }

  /**
   * The sizes of one network's weights with the signs of another's: |w|·sign(trained), in the
   * tensors that can be pruned. Where the trained weight is 0 the sign stays.
   */
  public static Action<ArtifactResult> keepSigns(ArtifactRef sizes, ArtifactRef trained) {
    return ArtifactAction.of(
        SIGN,
        Map.of(),
        List.of(sizes, trained),
        at -> {
          TensorSet signs = at.artifacts().load(trained);
          TensorSet signed =
              at.artifacts()
                  .load(sizes)
                  .map(
                      tensor ->
                          tensor.role() == TensorRole.PRUNABLE
                              ? signed(tensor, signs.get(tensor.name()).values())
                              : tensor);
          return at.artifacts().save(signed, Masks.NONE);
        });
  }

  private static Tensor signed(Tensor sizes, float[] signs) {
    float[] values = sizes.values().clone();
    for (int i = 0; i < values.length; i++) {
      if (signs[i] != 0) {
        values[i] = Math.copySign(values[i], signs[i]);
      }
    }
    return sizes.withValues(values);
  }

  /**
   * In every layer as many entries as the mask keeps, uniformly at random (sanity check of Frankle
   * et al., ICLR 2021, "Pruning neural networks at initialization: why are we missing the mark?").
   *
   * @param network of the mask's shapes
   * @param mask with what it keeps
   */
  public static Action<ArtifactResult> shuffle(
      RunSpec spec, ArtifactRef network, ArtifactResult mask) {
    ArtifactRef unshuffled = mask.getArtifact();
    return ArtifactAction.ofMask(
        SHUFFLE,
        Map.of("seed", spec.seed()),
        List.of(unshuffled),
        mask::getLayers,
        at -> {
          ArtifactStore artifacts = at.artifacts();
          TensorSet shapes = artifacts.load(network);
          PrunedMask shuffled =
              artifacts.saveMasks(
                  shapes, shuffled(shapes, artifacts.loadMasks(unshuffled), spec.seed()));
          return new ArtifactAction.Made(shuffled.mask(), shuffled.layers());
        });
  }

  private static Masks shuffled(TensorSet shapes, Masks masks, long seed) {
    RandomRanking order = new RandomRanking(KeyedRandom.of(seed, "shuffle").nextLong());
    return masks.map(
        (name, mask) ->
            NetworkPruning.largest(
                    List.of(order.of(name).next(shapes.get(name).values())),
                    List.of(Mask.full(mask.size())),
                    mask.kept())
                .get(0));
  }
}
