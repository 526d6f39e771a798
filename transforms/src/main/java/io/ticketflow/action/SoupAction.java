package io.ticketflow.action;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.pool.GreedySoup;
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
import java.util.function.IntFunction;

/**
 * The greedy soup of a cycle's particles. Its weights are the members' mean as {@link
 * AveragingAction} makes it, BatchNorm not recalibrated, so that what follows treats both alike.
 */
public final class SoupAction {
  private static final Kind<SoupResult> KIND = SearchAction.kind("soup", 1);

  private SoupAction() {}

  /**
   * The soup; candidates of its trials are particles.
   *
   * @param particles in particle order, at least one, of one mask
   */
  public static Action<SoupResult> of(Workplace place, RunSpec spec, List<ArtifactRef> particles) {
    return SearchAction.of(
        KIND,
        spec,
        Searches.matters(place, spec),
        particles,
        List.of(),
        (at, device) -> make(at, spec, particles, device));
  }

  private static SoupResult.Builder make(
      Attempt at, RunSpec spec, List<ArtifactRef> particles, Device device) {
    ArtifactStore artifacts = at.artifacts();
    ValidationSplit validator = Searches.validator(at.place(), spec, device);
    // a particle is read for its own trial and for every mean that it is in
    IntFunction<TensorSet> networks =
        new SoftlyHeld<>(particles.size(), i -> artifacts.load(particles.get(i)));
    GreedySoup.Recipe recipe = new GreedySoup(validator).search(networks, particles.size());
    return SoupResult.newBuilder()
        .setWeights(
            ArtifactMean.mean(artifacts, recipe.members().stream().map(particles::get).toList()))
        .setFirstAccuracy(recipe.firstAccuracy())
        .setLastAccuracy(recipe.lastAccuracy())
        .setTrials(recipe.trials());
  }
}
