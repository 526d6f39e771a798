package io.ticketflow.action;

import ai.djl.Device;
import io.ticketflow.learn.measure.GradientScores;
import io.ticketflow.learn.measure.SynFlow;
import io.ticketflow.math.Mask;
import io.ticketflow.math.NonFiniteWeightsException;
import io.ticketflow.math.ScoreRanking;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.SaliencySpec;
import io.ticketflow.spec.SpecException;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.NetworkPruning;
import io.ticketflow.store.PrunedMask;
import io.ticketflow.store.TensorSet;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Masks by criteria that look at a network's gradients or flow, not at its weights alone. */
record SaliencyPruning(
    ArtifactStore artifacts,
    RunSpec spec,
    PruningSpec.Criterion criterion,
    long kept,
    Device device) {
  /** What decides the scores beside network and mask. */
  static Map<String, Object> decisive(
      Workplace place, RunSpec spec, PruningSpec.Criterion criterion) {
    SaliencySpec saliency = spec.pruning().saliency();
    Map<String, Object> all = new TreeMap<>();
    all.put("model", spec.model());
    all.put("platform", place.platform());
    if (criterion == PruningSpec.Criterion.SYNFLOW) {
      all.put("rounds", saliency.rounds());
      // The shape of images, whatever they show.
      all.put("images", List.of(spec.data().name(), spec.data().size(), spec.data().channels()));
      return all;
    }
    all.put("data", spec.data().withoutLocation());
    all.put("saliencySeed", spec.seed());
    all.put("batchSize", saliency.batchSize());
    all.put("batches", saliency.batches());
    if (criterion == PruningSpec.Criterion.GRASP) {
      all.put("temperature", saliency.temperature());
    }
    return all;
  }

  /** A subset of the mask with the exact number of entries. */
  PrunedMask prune(ArtifactRef weights, ArtifactRef mask) {
    if (kept < 1) {
      throw new SpecException(
          "pruning leaves no weight at all: fewer cycles or a lower rate would keep some");
    }
    TensorSet network = artifacts.load(weights);
    network
        .tensors()
        .forEach(tensor -> NonFiniteWeightsException.check(tensor.name(), tensor.values()));
    return artifacts.saveMasks(network, survivors(network, artifacts.loadMasks(mask)));
  }

  private Map<String, Mask> survivors(TensorSet network, Map<String, Mask> left) {
    Networks networks = Networks.of(spec);
    PruningSpec pruning = spec.pruning();
    if (criterion == PruningSpec.Criterion.SYNFLOW) {
      return SynFlow.prune(
          networks.graph(),
          network,
          left,
          pruning.saliency().rounds(),
          pruning.scope(),
          kept,
          device);
    }
    GradientScores scores =
        new GradientScores(
            networks.graph(),
            networks.data(),
            pruning.saliency(),
            GradientScores.draws(spec.seed()),
            device);
    TensorSet ranked =
        criterion == PruningSpec.Criterion.GRASP
            ? scores.grasp(network, left)
            : scores.snip(network, left);
    return NetworkPruning.prune(ranked, left, new ScoreRanking(), pruning.scope(), kept);
  }
}
