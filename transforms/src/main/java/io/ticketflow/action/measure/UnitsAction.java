package io.ticketflow.action.measure;

import io.ticketflow.action.Networks;
import io.ticketflow.learn.model.Flops;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.UnitCounts;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TensorUnits;
import io.ticketflow.schemas.UnitsResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a network's mask leaves to compute and to keep, tensor by tensor. */
public final class UnitsAction {
  private static final Kind<UnitsResult> KIND =
      new Kind<>("units", 1, UnitsResult.class, result -> Optional.empty());

  private static final long VALUE_BYTES = Float.BYTES;

  private UnitsAction() {}

  /** That of the network of these weights. */
  public static Action<UnitsResult> of(RunSpec spec, ArtifactRef weights) {
    return Action.of(
        KIND,
        MeasuredNetworks.model(spec),
        List.of(weights),
        made -> new UnitsResult("", List.of(), 0.0, ""),
        at -> make(at, spec, weights));
  }

  private static UnitsResult make(Attempt at, RunSpec spec, ArtifactRef weights) {
    ArtifactStore artifacts = at.artifacts();
    Masks masks = artifacts.loadMasks(weights);
    Map<String, Long> uses = new HashMap<>();
    Flops.uses(Networks.of(spec).graph())
        .forEach((weight, ofEach) -> uses.put(weight.name(), ofEach));
    List<TensorUnits> found = new ArrayList<>();
    int position = 0;
    for (Tensor tensor : artifacts.load(weights).tensors()) {
      Mask mask = masks.get(tensor.name());
      if (mask != null) {
        found.add(units(position, tensor, mask, 2 * uses.getOrDefault(tensor.name(), 0L)));
      }
      position++;
    }
    return new UnitsResult(at.key(), found, at.seconds(), "cpu");
  }

  private static TensorUnits units(int position, Tensor tensor, Mask mask, long flopsOfEach) {
    UnitCounts counts = UnitCounts.of(tensor.shape(), mask);
    return new TensorUnits(
        position,
        tensor.name(),
        counts.units(),
        counts.dead(),
        counts.inputs(),
        counts.unread(),
        flopsOfEach * mask.size(),
        flopsOfEach * mask.kept(),
        VALUE_BYTES * mask.size(),
        VALUE_BYTES * mask.kept() + Mask.packedLength(mask.size()));
  }
}
