package io.ticketflow.learn.torch;

import ai.djl.Device;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Checkpoints;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.learn.train.Trainer;
import io.ticketflow.learn.train.TrainingJob;
import java.util.Locale;

/**
 * Training with DJL's PyTorch engine on one device.
 *
 * <p>Several threads may train at once, with one trainer or with several. On a CPU results have the
 * same bits for the same number of intra-op threads ({@code -Dai.djl.pytorch.num_threads=1} is
 * meant), whichever thread computes them.
 */
public final class TorchTrainer implements Trainer {
  /**
   * Version of the arithmetic that this engine does with a network, in training and in measuring.
   * Raise it when the same inputs give other bits. 2: {@link Convolution}'s paths and joined last
   * batches.
   */
  public static final int ARITHMETIC = 2;

  private final Device device;

  public TorchTrainer(Device device) {
    this.device = device;
  }

  @Override
  public TrainedNetwork train(
      TrainingJob job, DataSplits data, EpochListener listener, Checkpoints checkpoints) {
    check(job.graph(), data.train());
    try (TrainingRun run = new TrainingRun(job, data, device, checkpoints)) {
      return run.run(listener);
    }
  }

  /**
   * Accepts images that the network can read.
   *
   * @throws IllegalArgumentException if the network cannot read those images
   */
  static void check(ModelGraph graph, Images images) {
    if (images.count() == 0) {
      throw new IllegalArgumentException("there are no images to learn from");
    }
    if (graph.channels() != images.channels()
        || graph.height() != images.height()
        || graph.width() != images.width()
        || graph.classes() < images.classes()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a network for %d×%d×%d images of %d classes cannot read %d×%d×%d images of %d classes",
              graph.channels(),
              graph.height(),
              graph.width(),
              graph.classes(),
              images.channels(),
              images.height(),
              images.width(),
              images.classes()));
    }
  }
}
