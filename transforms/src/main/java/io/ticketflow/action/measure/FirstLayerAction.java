package io.ticketflow.action.measure;

import io.ticketflow.action.Networks;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.UnitCounts;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.FirstLayerResult;
import io.ticketflow.schemas.PixelCount;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many units of a network's first prunable layer take each entry of the image. */
public final class FirstLayerAction {
  private static final Kind<FirstLayerResult> KIND =
      new Kind<>("first-layer", 1, FirstLayerResult.class, result -> Optional.empty());

  private FirstLayerAction() {}

  /** That of the network of these weights. */
  public static Action<FirstLayerResult> of(RunSpec spec, ArtifactRef weights) {
    return Action.of(
        KIND,
        MeasuredNetworks.model(spec),
        List.of(weights),
        made -> new FirstLayerResult("", "", 0, List.of(), 0.0, ""),
        at -> make(at, spec, weights));
  }

  private static FirstLayerResult make(Attempt at, RunSpec spec, ArtifactRef weights) {
    ArtifactStore artifacts = at.artifacts();
    Masks masks = artifacts.loadMasks(weights);
    Map.Entry<String, Mask> first = masks.byName().entrySet().iterator().next();
    List<Long> shape = artifacts.load(weights).get(first.getKey()).shape();
    int[] kept = UnitCounts.perInput(shape, first.getValue());
    int[] axes = axes(shape, kept.length, Networks.of(spec).graph());
    List<PixelCount> pixels = new ArrayList<>();
    for (int i = 0; i < kept.length; i++) {
      int x = i % axes[2];
      int y = i / axes[2] % axes[1];
      pixels.add(new PixelCount(i / axes[2] / axes[1], y, x, kept[i]));
    }
    return new FirstLayerResult(
        at.key(), first.getKey(), Math.toIntExact(shape.get(0)), pixels, at.seconds(), "cpu");
  }

  /** Channels, height and width: a kernel's, or those of the image that a matrix reads whole. */
  private static int[] axes(List<Long> shape, int inputs, ModelGraph graph) {
    if (shape.size() == 4) {
      return new int[] {
        Math.toIntExact(shape.get(1)), Math.toIntExact(shape.get(2)), Math.toIntExact(shape.get(3))
      };
    }
    return inputs == graph.channels() * graph.height() * graph.width()
        ? new int[] {graph.channels(), graph.height(), graph.width()}
        : new int[] {1, 1, inputs};
  }
}
