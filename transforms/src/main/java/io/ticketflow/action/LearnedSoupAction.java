package io.ticketflow.action;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.pool.HyperplaneSoup;
import io.ticketflow.learn.pool.ValidationSplit;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactMean;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.Map;

/**
 * The learned soup of a cycle's particles, BatchNorm not recalibrated. Its first accuracy is that
 * of their mean, its last that of the soup; both are of the images that it was learned on.
 */
public final class LearnedSoupAction {
  private static final Kind<SoupResult> KIND = SearchAction.kind("learned-soup", 2);

  private LearnedSoupAction() {}

  /**
   * The soup.
   *
   * @param particles in particle order, at least one, of one mask
   */
  public static Action<SoupResult> of(Workplace place, RunSpec spec, List<ArtifactRef> particles) {
    Map<String, Object> matters = Searches.matters(place, spec);
    matters.put("seed", spec.seed());
    matters.put("batchSize", spec.training().batchSize());
    matters.put("epochs", spec.merging().epochs());
    matters.put("learningRate", spec.merging().learningRate());
    return SearchAction.of(
        KIND,
        spec,
        matters,
        particles,
        List.of(),
        (at, device) -> make(at, spec, particles, device));
  }

  private static SoupResult.Builder make(
      Attempt at, RunSpec spec, List<ArtifactRef> particles, Device device) {
    ArtifactStore artifacts = at.artifacts();
    ValidationSplit validator = Searches.validator(at.place(), spec, device);
    Networks networks = Networks.of(spec);
    DataSplits data = networks.data();
    TensorSet soup =
        new HyperplaneSoup(
                networks.graph(),
                data,
                spec.merging(),
                spec.training().batchSize(),
                at.place().calculator(spec, device))
            .of(particles.stream().map(artifacts::load).toList(), spec.seed());
    TensorSet mean = artifacts.load(ArtifactMean.mean(artifacts, particles));
    return SoupResult.newBuilder()
        .setWeights(artifacts.save(soup, artifacts.loadMasks(particles.get(0))))
        .setFirstAccuracy(validator.validate(mean).accuracy())
        .setLastAccuracy(validator.validate(soup).accuracy())
        .setTrials(List.of());
  }
}
