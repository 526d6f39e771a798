package io.ticketflow.action;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.device.Processor;
import io.ticketflow.learn.train.NonFiniteLossException;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.network.Masks;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.PrunedMask;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Epochs;
import io.ticketflow.work.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the training of a ticket and of a particle share: device and result. */
final class TrainingAction {
  private TrainingAction() {}

  /** A training under masks, on a device. */
  @FunctionalInterface
  interface Training {
    TrainedNetwork train(Attempt at, Masks masks, Device device);
  }

  static Kind<TrainingResult> kind(String name, int codeVersion) {
    return new Kind<>(
        name,
        codeVersion,
        TrainingResult.class,
        result -> Optional.ofNullable(result.getWeights()));
  }

  /** A training; one that cannot succeed has a failure in place of weights. */
  static Action<TrainingResult> of(
      Kind<TrainingResult> kind,
      RunSpec spec,
      Object dependsOn,
      List<ArtifactRef> inputs,
      Epochs epochs,
      Function<ArtifactRef, TrainingResult> promise,
      Function<ArtifactStore, Masks> masks,
      Training training) {
    return Action.of(
            kind,
            dependsOn,
            inputs,
            promise,
            at ->
                at.onDevice(spec.training().engine(), device -> make(at, masks, training, device)))
        .training(epochs);
  }

  /** A result as a plan knows it: its weights alone. */
  static TrainingResult.Builder promised(ArtifactRef weights) {
    return result("").setWeights(weights).setEpochs(List.of()).setImages(0).setDevice("");
  }

  private static TrainingResult make(
      Attempt at, Function<ArtifactStore, Masks> start, Training training, Device device) {
    ArtifactStore artifacts = at.artifacts();
    TrainingResult.Builder result = result(at.key());
    try {
      Masks masks = start.apply(artifacts);
      TrainedNetwork trained = training.train(at, masks, device);
      result
          .setWeights(artifacts.save(trained.weights(), trained.masks()))
          .setLatent(trained.latent().map(dense -> artifacts.save(dense, Masks.NONE)).orElse(null))
          .setMoments(
              trained.moments().map(state -> artifacts.save(state, Masks.NONE)).orElse(null))
          .setEpochs(trained.epochs())
          .setImages(trained.images());
      if (!trained.masks().equals(masks)) {
        PrunedMask ended = artifacts.saveMasks(trained.weights(), trained.masks());
        result.setMask(ended.mask()).setLayers(ended.layers());
      }
    } catch (NonFiniteLossException e) {
      // A result too: the same training will do so again.
      result.setFailure(String.valueOf(e.getMessage())).setEpochs(List.of()).setImages(0);
    }
    return result
        .setDevice(at.device())
        .setProcessor(Processor.name())
        .setSeconds(at.seconds())
        .build();
  }

  private static TrainingResult.Builder result(String key) {
    return TrainingResult.newBuilder().setAction(key).setSeconds(0);
  }
}
