package io.ticketflow.action.prune;

import io.ticketflow.action.Networks;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.measure.GradientScores;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.math.ScoreRanking;
import io.ticketflow.network.Masks;
import io.ticketflow.network.NetworkPruning;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.SaliencySpec;
import io.ticketflow.work.Workplace;
import java.util.Map;
import java.util.TreeMap;

/** A criterion that scores weights by gradients over training images. */
abstract class GradientCriterion implements ScoredCriterion {
  /** The score of every entry: the highest stay. */
  abstract TensorSet scores(GradientScores gradients, TensorSet network, Masks left);

  @Override
  public Map<String, Object> dependsOn(Workplace place, RunSpec spec) {
    SaliencySpec saliency = spec.pruning().saliency();
    Map<String, Object> all = new TreeMap<>();
    all.put("model", spec.model().withoutLocation());
    all.put("platform", place.platform(engine(spec)));
    all.put("data", spec.data().withoutLocation());
    all.put("saliencySeed", spec.seed());
    all.put("sample", "balanced");
    all.put("batchSize", saliency.batchSize());
    all.put("batches", saliency.batches());
    return all;
  }

  @Override
  public final Masks survivors(
      Networks networks,
      RunSpec spec,
      TensorSet network,
      Masks left,
      long kept,
      Calculator calculator,
      Device device) {
    GradientScores gradients =
        new GradientScores(
            networks.graph(),
            networks.data(),
            spec.pruning().saliency(),
            GradientScores.draws(spec.seed()),
            calculator,
            device);
    return NetworkPruning.prune(
        scores(gradients, network, left), left, new ScoreRanking(), spec.pruning().scope(), kept);
  }
}
