package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.data.Augmentation;
import java.util.Optional;

/** One batch forward and backward, and what follows from its gradient. */
final class TrainingStep {
  private final TorchNetwork network;
  private final ImageFeed feed;
  private final CrossEntropy loss;
  private final GradientStep update;
  private final Optimiser optimiser;
  private final Sparsification sparsification;
  private final Optional<SharpnessAscent> ascent;

  TrainingStep(
      TorchNetwork network,
      ImageFeed feed,
      CrossEntropy loss,
      GradientStep update,
      Optimiser optimiser,
      Sparsification sparsification,
      Optional<SharpnessAscent> ascent) {
    this.network = network;
    this.feed = feed;
    this.loss = loss;
    this.update = update;
    this.optimiser = optimiser;
    this.sparsification = sparsification;
    this.ascent = ascent;
  }

  /** Images of a batch: those of the order's places {@code from … to − 1}. */
  record Batch(int[] order, int from, int to, Optional<Augmentation> augmentation) {}

  /**
   * What a step saw before it moved the weights.
   *
   * @param loss mean over the batch; if SAM's second loss is not finite, that one
   */
  record Result(double loss, int correct) {}

  /**
   * Makes a step; weights are left alone if a loss is not finite.
   *
   * @param number of the step, from 0 at the training's first
   */
  Result make(long number, Batch batch, double learningRate) {
    sparsification.before(number);
    try (PtNDManager step = network.newManager()) {
      PtNDArray images =
          feed.load(step, batch.order(), batch.from(), batch.to(), batch.augmentation());
      Pass first = pass(step, images, batch, false);
      double value = first.loss();
      if (Double.isFinite(value)) {
        if (sparsification.replaces(number)) {
          sparsification.replace(number);
        } else {
          double second = ascend(step, images, batch);
          if (Double.isFinite(second)) {
            update.apply(optimiser, learningRate, step);
          } else {
            value = second;
          }
        }
      }
      int[] labels = feed.images().labels();
      float[] rows = first.logProbabilities().toFloatArray();
      return new Result(
          value,
          CrossEntropy.correct(
              rows, loss.classes(), labels, batch.order(), batch.from(), batch.to()));
    }
  }

  /** The loss at the weights to which SAM climbs, whose gradient is left; 0 if it does not. */
  private double ascend(PtNDManager step, PtNDArray images, Batch batch) {
    double[] second = {0};
    ascent.ifPresent(
        sam -> sam.ascend(step, () -> second[0] = pass(step, images, batch, true).loss()));
    return second[0];
  }

  private record Pass(PtNDArray logProbabilities, double loss) {}

  /**
   * Forward, and backward if the loss is finite.
   *
   * @param aside whether BatchNorm's running statistics stay as they are
   */
  private Pass pass(PtNDManager step, PtNDArray images, Batch batch, boolean aside) {
    JniUtils.setGradMode(true);
    try {
      PtNDArray logits = aside ? network.forwardAside(images) : network.forward(images, true);
      PtNDArray logProbabilities = LayerForward.logProbabilities(logits);
      PtNDArray batchLoss =
          loss.loss(
              logProbabilities, feed.images().labels(), batch.order(), batch.from(), batch.to());
      double value = batchLoss.getFloat();
      if (Double.isFinite(value)) {
        JniUtils.backward(batchLoss, HostMemory.scalar(step, 1), false, false);
      }
      return new Pass(logProbabilities, value);
    } finally {
      JniUtils.setGradMode(false);
    }
  }
}
