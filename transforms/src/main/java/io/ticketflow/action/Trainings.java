package io.ticketflow.action;

import io.ticketflow.learn.train.NonFiniteLossException;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.math.Mask;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TrainingResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the training of a ticket and that of a particle share: the result that they commit. */
final class Trainings {
  private Trainings() {}

  /**
   * Stores what a training returns; a loss that is not finite is a result too, for it will recur.
   */
  static TrainingResult result(
      Workplace place, String key, Map<String, Mask> masks, Supplier<TrainedNetwork> training) {
    Stopwatch watch = new Stopwatch();
    TrainingResult.Builder result =
        TrainingResult.newBuilder().setAction(key).setDevice(place.device());
    try {
      TrainedNetwork trained = training.get();
      result
          .setWeights(place.artifacts().save(trained.weights(), masks))
          .setEpochs(trained.epochs())
          .setImages(trained.images());
    } catch (NonFiniteLossException e) {
      result.setFailure(e.getMessage()).setEpochs(List.of()).setImages(0);
    }
    return result.setSeconds(watch.seconds()).build();
  }

  static Optional<ArtifactRef> artifact(TrainingResult result) {
    return Optional.ofNullable(result.getWeights());
  }
}
