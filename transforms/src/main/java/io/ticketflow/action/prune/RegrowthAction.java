package io.ticketflow.action.prune;

import io.ticketflow.action.ArtifactAction;
import io.ticketflow.action.Networks;
import io.ticketflow.learn.measure.GradientScores;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.learn.sparsify.Regrowing;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Regrowth;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.PrunedMask;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A change of the mask that particles share, between two segments of their training: of their mean,
 * the smallest weights of each layer are dropped, and as many grow, at random (SET) or where the
 * mean's dense gradient is largest (RigL).
 */
public final class RegrowthAction {
  private static final Kind<ArtifactResult> MASK = ArtifactAction.kind("regrow", 2);
  private static final Kind<ArtifactResult> WEIGHTS = ArtifactAction.kind("regrown-weights", 2);

  private RegrowthAction() {}

  /**
   * The mask of the next segment, which keeps as many entries.
   *
   * @param cycle that begins with the changed mask
   * @param weights the mean
   * @param mask its mask
   * @param kept entries of that mask
   * @param total prunable entries
   */
  public static Action<ArtifactResult> mask(
      Workplace place,
      RunSpec run,
      int cycle,
      ArtifactRef weights,
      ArtifactRef mask,
      long kept,
      long total) {
    Map<String, Object> matters = new TreeMap<>();
    matters.put("fraction", fraction(run, cycle));
    matters.put("seed", run.seed());
    matters.put("cycle", cycle);
    matters.put("sparsifier", run.training().sparsifier().name());
    if (run.training().sparsifier().name().growsByGradient()) {
      matters.put("data", run.data().withoutLocation());
      matters.put("model", run.model().withoutLocation());
      matters.put("saliency", run.pruning().saliency());
      matters.put("platform", place.platform(run));
    }
    return ArtifactAction.ofMask(
        MASK,
        matters,
        List.of(weights, mask),
        () -> ArtifactAction.sum(kept, total),
        at -> {
          ArtifactStore artifacts = at.artifacts();
          TensorSet network = artifacts.load(weights);
          Regrowth change = change(at, run, cycle, network, artifacts.loadMasks(mask));
          PrunedMask changed = artifacts.saveMasks(network, change.masks());
          return new ArtifactAction.Made(changed.mask(), changed.layers());
        });
  }

  /**
   * The mean under the changed mask: what has grown, even if it was dropped just before, begins at
   * 0, or where {@code grown} draws it.
   *
   * @param changed the changed mask
   */
  public static Action<ArtifactResult> weights(
      RunSpec run, int cycle, ArtifactRef weights, ArtifactRef mask, ArtifactRef changed) {
    SparsifierSpec sparsifier = run.training().sparsifier();
    Map<String, Object> matters = new TreeMap<>();
    matters.put("fraction", fraction(run, cycle));
    matters.put("grown", sparsifier.grown());
    if (sparsifier.grown() != SparsifierSpec.Grown.ZERO) {
      matters.put("seed", run.seed());
      matters.put("cycle", cycle);
    }
    return ArtifactAction.of(
        WEIGHTS,
        matters,
        List.of(weights, mask, changed),
        at -> {
          ArtifactStore artifacts = at.artifacts();
          TensorSet network = artifacts.load(weights);
          Masks now = artifacts.loadMasks(changed);
          // What survives does not depend on what grows.
          Masks survivors =
              Regrowth.atRandom(
                      network,
                      tensor -> KeyedRandom.of(0, tensor),
                      artifacts.loadMasks(mask),
                      fraction(run, cycle))
                  .survivors();
          TensorSet start = begun(run, cycle, network, new Regrowth(now, survivors));
          return artifacts.save(start, now);
        });
  }

  private static TensorSet begun(RunSpec run, int cycle, TensorSet network, Regrowth change) {
    TensorSet carried = change.survivors().applyTo(network);
    Optional<ModelSpec.Initialisation> rule = run.training().sparsifier().grown().distribution();
    if (rule.isEmpty()) {
      return carried;
    }
    TensorSet grown =
        change.grown(
            network,
            tensor ->
                Initialisation.drawn(
                    tensor,
                    rule.get(),
                    KeyedRandom.of(run.seed(), "regrown", cycle, tensor.name())));
    return carried.map(
        tensor -> grown.has(tensor.name()) ? tensor.plus(grown.get(tensor.name())) : tensor);
  }

  private static Regrowth change(
      Attempt at, RunSpec run, int cycle, TensorSet network, Masks masks) {
    double fraction = fraction(run, cycle);
    if (!run.training().sparsifier().name().growsByGradient()) {
      return Regrowth.atRandom(
          network, tensor -> KeyedRandom.of(run.seed(), "regrow", cycle, tensor), masks, fraction);
    }
    Networks networks = Networks.of(run);
    TensorSet scores =
        at.onDevice(
            run.training().engine(),
            device ->
                new GradientScores(
                        networks.graph(),
                        networks.data(),
                        run.pruning().saliency(),
                        KeyedRandom.of(run.seed(), "regrow", cycle, "images"),
                        at.place().calculator(run, device),
                        device)
                    .dense(network, masks));
    return Regrowth.byScores(network, scores, masks, fraction);
  }

  /** The first change is the largest; after the last one would come none. */
  private static double fraction(RunSpec run, int cycle) {
    SparsifierSpec sparsifier = run.training().sparsifier();
    return Regrowing.fraction(sparsifier, cycle - 1L, sparsifier.segments());
  }
}
