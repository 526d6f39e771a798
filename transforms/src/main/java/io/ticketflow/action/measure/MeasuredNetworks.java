package io.ticketflow.action.measure;

import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.work.Workplace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Networks that a measure takes, as inputs of its action and in memory. */
final class MeasuredNetworks {
  private MeasuredNetworks() {}

  /** The artifacts, in order. */
  static List<ArtifactRef> inputs(List<NamedNetwork> networks) {
    List<ArtifactRef> inputs = new ArrayList<>();
    for (NamedNetwork network : networks) {
      inputs.add(network.getWeights());
      if (network.getMask() != null) {
        inputs.add(network.getMask());
      }
    }
    return inputs;
  }

  /**
   * What every measure of them depends on: data and model, the batches that they are measured in,
   * what the engine computes with, and which of the inputs are masks.
   */
  static Map<String, Object> matters(Workplace place, RunSpec spec, List<NamedNetwork> networks) {
    Map<String, Object> matters = model(spec);
    matters.put("evaluationBatch", spec.evaluation().batchSize());
    matters.put("platform", place.platform(spec));
    matters.put("masked", masked(networks));
    return matters;
  }

  /** Likewise of what scores are taken of. */
  static Map<String, Object> scored(Workplace place, RunSpec spec, List<NamedNetwork> networks) {
    Map<String, Object> matters = matters(place, spec, networks);
    matters.put("labelSmoothing", spec.training().labelSmoothing());
    matters.put("bins", spec.evaluation().bins());
    return matters;
  }

  /** What a look at a network alone depends on: the data's shape, and the model. */
  static Map<String, Object> model(RunSpec spec) {
    Map<String, Object> matters = new HashMap<>();
    matters.put("data", spec.data().withoutLocation());
    matters.put("model", spec.model().withoutLocation());
    return matters;
  }

  /** What stands for scores that are not there yet. */
  static List<SplitScores> promised(MeasureSpec.Split split, int count) {
    return Collections.nCopies(
        count, new SplitScores(split.label(), 0L, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0));
  }

  /** Which networks have masks among the inputs beside their weights. */
  static List<Boolean> masked(List<NamedNetwork> networks) {
    return networks.stream().map(network -> network.getMask() != null).toList();
  }

  /** The networks, under their masks. */
  static List<TensorSet> load(ArtifactStore artifacts, List<NamedNetwork> networks) {
    List<TensorSet> loaded = new ArrayList<>();
    for (NamedNetwork network : networks) {
      TensorSet weights = artifacts.load(network.getWeights());
      loaded.add(
          network.getMask() == null
              ? weights
              : artifacts.loadMasks(network.getMask()).applyTo(weights));
    }
    return loaded;
  }
}
