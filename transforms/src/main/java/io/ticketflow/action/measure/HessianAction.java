package io.ticketflow.action.measure;

import io.ticketflow.action.Networks;
import io.ticketflow.learn.measure.Curvature;
import io.ticketflow.math.LargestEigenvalue;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.HessianPartResult;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a look at the train loss's Hessian at a network: a block of the trace's probes, or at
 * the end the largest eigenvalue.
 */
public final class HessianAction {
  /** With any engine libtorch takes the products. */
  public static final EngineName ENGINE = EngineName.TORCH;

  private static final int BLOCK = 32;

  private static final Kind<HessianPartResult> KIND =
      new Kind<>("hessian-part", 3, HessianPartResult.class, result -> Optional.empty());

  private HessianAction() {}

  /** How many parts there are. */
  public static int parts(MeasureSpec measure) {
    return blocks(measure) + 1;
  }

  /**
   * That of the network of these weights.
   *
   * @param part from 0; the last finds the eigenvalue
   */
  public static Action<HessianPartResult> of(
      Workplace place, RunSpec spec, ArtifactRef weights, int part) {
    MeasureSpec measure = spec.measure();
    int first = part * BLOCK;
    int end = Math.min(measure.probes(), first + BLOCK);
    return part < blocks(measure)
        ? of(place, spec, weights, "probes", List.of(first, end), at -> probes(at, first, end))
        : of(
            place,
            spec,
            weights,
            "iterations",
            measure.iterations(),
            at -> largest(at, measure.iterations()));
  }

  private static Action<HessianPartResult> of(
      Workplace place,
      RunSpec spec,
      ArtifactRef weights,
      String what,
      Object howMuch,
      Function<Curvature, HessianPartResult.Builder> work) {
    Map<String, Object> matters = MeasuredNetworks.model(spec);
    matters.put("seed", spec.seed());
    matters.put("images", spec.measure().hessianImages());
    matters.put(what, howMuch);
    matters.put("platform", place.platform(ENGINE));
    return Action.of(
        KIND,
        matters,
        List.of(weights),
        made -> new HessianPartResult("", 0, List.of(), null, null, null, 0L, 0.0, ""),
        at -> make(at, spec, weights, work));
  }

  private static HessianPartResult make(
      Attempt at,
      RunSpec spec,
      ArtifactRef weights,
      Function<Curvature, HessianPartResult.Builder> work) {
    ArtifactStore artifacts = at.artifacts();
    return at.onDevice(
        ENGINE,
        device -> {
          Networks of = Networks.of(spec);
          TensorSet network = artifacts.load(weights);
          Masks masks = artifacts.loadMasks(weights);
          int most = spec.measure().hessianImages();
          try (Curvature curvature =
              Curvature.at(of.graph(), network, masks, of.data(), most, spec.seed(), device)) {
            return work.apply(curvature)
                .setAction(at.key())
                .setImages(curvature.images())
                .setSeconds(at.seconds())
                .setDevice(at.device())
                .build();
          }
        });
  }

  private static HessianPartResult.Builder probes(Curvature at, int first, int end) {
    return HessianPartResult.newBuilder()
        .setProbes(Arrays.stream(at.probes(first, end)).boxed().toList())
        .setPassed(passed(at, end - first));
  }

  private static HessianPartResult.Builder largest(Curvature at, int most) {
    LargestEigenvalue found = at.largest(most);
    return HessianPartResult.newBuilder()
        .setProbes(List.of())
        .setLargest(found.value())
        .setResidual(found.residual())
        .setIterations(found.iterations())
        .setPassed(passed(at, found.iterations()));
  }

  /** A product takes two gradients. */
  private static long passed(Curvature at, int products) {
    return 2L * at.images() * products;
  }

  private static int blocks(MeasureSpec measure) {
    return (measure.probes() + BLOCK - 1) / BLOCK;
  }
}
