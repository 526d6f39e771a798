package io.ticketflow.action;

import ai.djl.Device;
import io.ticketflow.learn.train.Checkpoints;
import io.ticketflow.learn.train.NonFiniteLossException;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.math.Mask;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.PrunedMask;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the training of a ticket and that of a particle share: device, checkpoints, result. */
final class Trainings {
  private static final Logger LOG = LoggerFactory.getLogger(Trainings.class);

  private Trainings() {}

  /** A training under masks, on a device, from a checkpoint if there is one. */
  @FunctionalInterface
  interface Training {
    TrainedNetwork train(Map<String, Mask> masks, Device device, Checkpoints checkpoints);
  }

  /**
   * The result of a training, found or made; one that cannot succeed has a failure in place of
   * weights.
   *
   * @param startEpoch epochs before the training's first
   */
  static Done<TrainingResult> perform(
      Workplace place,
      String key,
      int startEpoch,
      Supplier<Map<String, Mask>> masks,
      Training training) {
    Done<TrainingResult> done;
    try {
      done =
          new Actions(place)
              .perform(
                  key,
                  TrainingResult.class,
                  result -> Optional.ofNullable(result.getWeights()),
                  () ->
                      place.onDevice(
                          device -> make(place, key, startEpoch, masks.get(), training, device)));
    } catch (ActionFailedException e) {
      // Not committed: another version of the program, or of the machine, may do better.
      return new Done<>(
          failed(key, e.getMessage()).setDevice(place.devices().name()).build(), false);
    }
    if (!done.found()) {
      forgetCheckpoints(place, key);
    }
    return done;
  }

  private static TrainingResult make(
      Workplace place,
      String key,
      int startEpoch,
      Map<String, Mask> masks,
      Training training,
      Device device) {
    Stopwatch watch = new Stopwatch();
    StoredCheckpoints checkpoints =
        new StoredCheckpoints(place.checkpoints(), place.checkpointing(), key, startEpoch);
    TrainingResult.Builder result;
    try {
      TrainedNetwork trained = training.train(masks, device, checkpoints);
      ArtifactStore artifacts = place.artifacts();
      ArtifactRef weights = artifacts.save(trained.weights(), trained.masks());
      result =
          TrainingResult.newBuilder()
              .setAction(key)
              .setWeights(weights)
              .setLatent(
                  trained.latent().map(dense -> artifacts.save(dense, Map.of())).orElse(null))
              .setEpochs(trained.epochs())
              .setImages(trained.images());
      if (!trained.masks().equals(masks)) {
        PrunedMask ended = artifacts.saveMasks(trained.weights(), trained.masks());
        result.setMask(ended.mask()).setLayers(ended.layers());
      }
    } catch (NonFiniteLossException e) {
      // A result too: the same training will do so again.
      result = failed(key, String.valueOf(e.getMessage()));
    }
    return result.setDevice(Workplace.name(device)).setSeconds(watch.seconds()).build();
  }

  private static TrainingResult.Builder failed(String key, String why) {
    return TrainingResult.newBuilder()
        .setAction(key)
        .setFailure(why)
        .setEpochs(List.of())
        .setImages(0)
        .setSeconds(0);
  }

  private static void forgetCheckpoints(Workplace place, String key) {
    try {
      place.checkpoints().delete(key);
    } catch (UncheckedIOException e) {
      LOG.warn("The checkpoint of action {} stays: {}", key, e.getMessage());
    }
  }
}
