package io.ticketflow.action.measure;

import io.ticketflow.action.Networks;
import io.ticketflow.learn.measure.Curvature;
import io.ticketflow.network.Masks;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.HessianResult;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trace and largest eigenvalue of the train loss's Hessian at a network. */
public final class HessianAction {
  /** With any engine libtorch takes the products. */
  public static final EngineName ENGINE = EngineName.TORCH;

  private static final Kind<HessianResult> KIND =
      new Kind<>("hessian", 1, HessianResult.class, result -> Optional.empty());

  private HessianAction() {}

  /** Those of the network of these weights. */
  public static Action<HessianResult> of(Workplace place, RunSpec spec, ArtifactRef weights) {
    Map<String, Object> matters = MeasuredNetworks.model(spec);
    matters.put("seed", spec.seed());
    matters.put("images", spec.measure().hessianImages());
    matters.put("probes", spec.measure().probes());
    matters.put("iterations", spec.measure().iterations());
    matters.put("platform", place.platform(ENGINE));
    return Action.of(
        KIND,
        matters,
        List.of(weights),
        made -> new HessianResult("", 0, 0.0, 0.0, 0, 0.0, 0.0, 0, 0L, 0.0, ""),
        at -> make(at, spec, weights));
  }

  private static HessianResult make(Attempt at, RunSpec spec, ArtifactRef weights) {
    ArtifactStore artifacts = at.artifacts();
    return at.onDevice(
        ENGINE,
        device -> {
          Networks of = Networks.of(spec);
          Masks masks = artifacts.loadMasks(weights);
          Curvature found =
              Curvature.of(
                  of.graph(),
                  artifacts.load(weights),
                  masks,
                  of.data(),
                  spec.measure(),
                  spec.seed(),
                  device);
          return new HessianResult(
              at.key(),
              found.images(),
              found.trace().mean(),
              found.trace().standardError(),
              found.trace().probes(),
              found.largest().value(),
              found.largest().residual(),
              found.largest().iterations(),
              (long) found.images() * 2 * (found.trace().probes() + found.largest().iterations()),
              at.seconds(),
              at.device());
        });
  }
}
