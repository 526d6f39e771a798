package io.ticketflow.action;

import ai.djl.Device;
import io.ticketflow.learn.pool.GreedySoup;
import io.ticketflow.learn.pool.ValidationSplit;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ActionKey;
import io.ticketflow.store.ArtifactMean;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.TensorSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The greedy soup of a cycle's particles. Its weights are the members' mean as {@link
 * AveragingAction} makes it, BatchNorm not recalibrated, so that what follows treats both alike.
 */
public final class SoupAction {
  private static final int CODE_VERSION = 1;

  private SoupAction() {}

  /**
   * Key of the soup.
   *
   * @param particles their digests, in particle order
   */
  public static String key(Workplace place, RunSpec spec, List<String> particles) {
    return ActionKey.of("soup", CODE_VERSION, Searches.matters(place, spec), particles);
  }

  /**
   * The soup; candidates of its trials are particles.
   *
   * @param particles in particle order, at least one, of one mask
   */
  public static Done<SoupResult> perform(
      Workplace place, RunSpec spec, List<ArtifactRef> particles) {
    String key = key(place, spec, particles.stream().map(ArtifactRef::getSha256).toList());
    return new Actions(place)
        .perform(
            key,
            SoupResult.class,
            result -> Optional.of(result.getWeights()),
            () -> place.onDevice(device -> make(place, spec, particles, key, device)));
  }

  private static SoupResult make(
      Workplace place, RunSpec spec, List<ArtifactRef> particles, String key, Device device) {
    Stopwatch watch = new Stopwatch();
    ArtifactStore artifacts = place.artifacts();
    ValidationSplit validator = Searches.validator(spec, device);
    // a particle is read for its own trial and for every mean that it is in
    IntFunction<TensorSet> networks =
        new SoftlyHeld<>(particles.size(), i -> artifacts.load(particles.get(i)));
    GreedySoup.Recipe recipe = new GreedySoup(validator).search(networks, particles.size());
    return SoupResult.newBuilder()
        .setAction(key)
        .setWeights(
            ArtifactMean.mean(artifacts, recipe.members().stream().map(particles::get).toList()))
        .setFirstAccuracy(recipe.firstAccuracy())
        .setLastAccuracy(recipe.lastAccuracy())
        .setTrials(recipe.trials())
        .setSeconds(watch.seconds())
        .setDevice(Workplace.name(device))
        .build();
  }
}
