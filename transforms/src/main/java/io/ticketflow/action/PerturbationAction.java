package io.ticketflow.action;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.work.Action;
import io.ticketflow.work.Kind;
import java.util.List;
import java.util.Map;

/**
 * What a later member of a run sets out from: every trained entry of the member before, moved by
 * +ρσ or −ρσ with the same chance (Jantre et al. 2022). What is pruned stays 0, and BatchNorm's
 * statistics are those of the member before.
 */
public final class PerturbationAction {
  private static final Kind<ArtifactResult> KIND = ArtifactAction.kind("perturb", 1);

  private PerturbationAction() {}

  /**
   * The weights of a cycle's start.
   *
   * @param member a trained network
   * @param spread σ by the same names
   */
  public static Action<ArtifactResult> of(
      RunSpec spec, int cycle, ArtifactRef member, ArtifactRef spread) {
    double factor = spec.perturbed().factor();
    return ArtifactAction.of(
        KIND,
        Map.of("factor", factor, "seed", spec.seed(), "cycle", cycle),
        List.of(member, spread),
        at -> {
          ArtifactStore artifacts = at.artifacts();
          TensorSet deviations = artifacts.load(spread);
          TensorSet moved =
              artifacts
                  .load(member)
                  .map(
                      tensor ->
                          tensor.role() == TensorRole.BUFFER
                              ? tensor
                              : moved(
                                  tensor,
                                  deviations.get(tensor.name()).values(),
                                  factor,
                                  KeyedRandom.of(spec.seed(), "perturb", cycle, tensor.name())));
          return artifacts.save(moved, artifacts.loadMasks(member));
        });
  }

  private static Tensor moved(Tensor tensor, float[] deviations, double factor, KeyedRandom signs) {
    float[] values = tensor.values().clone();
    for (int i = 0; i < values.length; i++) {
      float step = (float) (factor * deviations[i]);
      values[i] += signs.nextBoolean() ? step : -step;
    }
    return tensor.withValues(values);
  }
}
