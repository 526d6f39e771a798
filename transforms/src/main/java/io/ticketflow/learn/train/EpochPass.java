package io.ticketflow.learn.train;

import io.ticketflow.learn.data.Augmentation;
import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.math.NonFiniteWeightsException;
import io.ticketflow.schemas.EpochPoint;
import java.util.concurrent.CancellationException;

/** One epoch of a training: all its images, in the epoch's own order. */
final class EpochPass {
  private final TrainingJob job;
  private final Images images;
  private final StepRates rates;
  private final Sparsification sparsification;
  private final Batches batches;
  private final BatchDraws draws;

  EpochPass(TrainingJob job, Images images, Sparsification sparsification) {
    this.job = job;
    this.images = images;
    this.sparsification = sparsification;
    batches = job.batches(images);
    draws = new BatchDraws(job);
    rates = new StepRates(job.plan(), job.hurt(), batches.count());
  }

  /**
   * Trains an epoch and measures loss and accuracy on the way.
   *
   * @throws NonFiniteLossException naming the step
   * @throws CancellationException if the thread is interrupted
   */
  EpochPoint.Builder run(int epoch) {
    int count = images.count();
    int[] order = job.draws().order(epoch).permutation(count);
    Engine.Batch batch =
        new Engine.Batch(order, Augmentation.of(job.data(), job.draws()::augment, epoch));
    double lossSum = 0;
    int correct = 0;
    double rate = 0;
    long inSchedule = (epoch - 1L) * batches.count();
    long inTraining = (epoch - 1L - job.startEpoch()) * batches.count();
    try {
      for (int at = 0; at < batches.count(); at++) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("the training was interrupted in epoch " + epoch);
        }
        int from = batches.from(at);
        int to = batches.to(at);
        rate = job.training().rateUnit() * rates.at(inSchedule + at);
        sparsification.before(inTraining + at, rate);
        draws.become(batch, from, to, job.draws(), inSchedule + at);
        double loss = sparsification.step(inTraining + at, batch, rate);
        if (!Double.isFinite(loss)) {
          throw NonFiniteLossException.ofStep(epoch, at + 1, rate, loss);
        }
        lossSum += loss * (to - from);
        correct += sparsification.correct();
      }
      if (epoch == job.endEpoch()) {
        sparsification.before(inTraining + batches.count(), rate);
      }
    } catch (NonFiniteWeightsException e) {
      // A sparsifier ranks what the last step has left.
      throw NonFiniteLossException.ofWeights(epoch, rate);
    }
    return EpochPoint.newBuilder()
        .setEpoch(epoch)
        .setLearningRate(rate)
        .setTrainLoss(lossSum / count)
        .setTrainAccuracy((double) correct / count);
  }
}
