package io.ticketflow.learn.train;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.job.TrainingJob;

/**
 * Trains one particle: the port behind which a tensor library lies.
 *
 * <p>The result is a function of the job and the data alone: the same bits in every thread, beside
 * any other training, and after any number of repetitions on the same kind of device.
 * Implementations can be shared by threads.
 */
public interface Trainer {
  /**
   * The trained network and its curve.
   *
   * @param checkpoints from which the training goes on if there is one, and where it leaves its
   *     state on the way; they change no bit of the result
   * @param data training learns from its train split; it measures validation if the job asks and it
   *     is not empty; the test split is not touched
   * @throws NonFiniteLossException if the loss of a step is NaN or infinite
   * @throws IllegalArgumentException naming what is wrong, if job, network and data do not fit
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  TrainedNetwork train(
      TrainingJob job, DataSplits data, EpochListener listener, Checkpoints checkpoints);

  /** The trained network, from its first step on and without checkpoints. */
  default TrainedNetwork train(TrainingJob job, DataSplits data, EpochListener listener) {
    return train(job, data, listener, Checkpoints.NONE);
  }
}
