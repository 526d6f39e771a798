package io.ticketflow.learn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.ticketflow.learn.train.Engine;
import java.util.Optional;
import java.util.function.Consumer;

/** One batch forward and backward, and what follows from its gradient. */
final class TrainingStep {
  private final TorchNetwork network;
  private final ImageFeed feed;
  private final CrossEntropy loss;
  private final GradientStep update;
  private final Optimiser optimiser;
  private final Optional<SharpnessAscent> ascent;
  private int correct;

  TrainingStep(
      TorchNetwork network,
      ImageFeed feed,
      CrossEntropy loss,
      GradientStep update,
      Optimiser optimiser,
      Optional<SharpnessAscent> ascent) {
    this.network = network;
    this.feed = feed;
    this.loss = loss;
    this.update = update;
    this.optimiser = optimiser;
    this.ascent = ascent;
  }

  /** As {@link Engine#step}. */
  double move(Engine.Batch batch, double learningRate) {
    return make(
        batch,
        (step, images) -> {
          double second = ascend(step, images, batch);
          if (Double.isFinite(second)) {
            update.apply(optimiser, learningRate, step);
            return 0;
          }
          return second;
        });
  }

  /** As {@link Engine#look}. */
  double look(Engine.Batch batch, Consumer<float[]> reader) {
    return make(
        batch,
        (step, images) -> {
          try (PtNDArray gradient = JniUtils.getGradient(network.flat())) {
            reader.accept(gradient.toFloatArray());
            JniUtils.zeroGrad(network.flat());
          }
          return 0;
        });
  }

  /** As {@link Engine#correct}. */
  int correct() {
    return correct;
  }

  /** What follows from the gradient that a backward pass has left. */
  @FunctionalInterface
  private interface Sequel {
    /** Returns a loss that was met on the way and is not finite; else a finite number. */
    double follow(PtNDManager step, PtNDArray images);
  }

  private double make(Engine.Batch batch, Sequel sequel) {
    try (PtNDManager step = network.newManager()) {
      PtNDArray images =
          feed.load(step, batch.order(), batch.from(), batch.to(), batch.augmentation());
      Pass first = pass(step, images, batch, false);
      double value = first.loss();
      if (Double.isFinite(value)) {
        double met = sequel.follow(step, images);
        value = Double.isFinite(met) ? value : met;
      }
      int[] labels = feed.images().labels();
      float[] rows = first.logProbabilities().toFloatArray();
      correct =
          CrossEntropy.correct(
              rows, loss.classes(), labels, batch.order(), batch.from(), batch.to());
      return value;
    }
  }

  /** Climbs as SAM does and leaves the gradient there; the loss there, 0 without SAM. */
  private double ascend(PtNDManager step, PtNDArray images, Engine.Batch batch) {
    return ascent
        .map(sam -> sam.ascend(step, () -> pass(step, images, batch, true).loss()))
        .orElse(0.0);
  }

  private record Pass(PtNDArray logProbabilities, double loss) {}

  /**
   * Forward, and backward if the loss is finite.
   *
   * @param aside whether BatchNorm's running statistics stay as they are
   */
  private Pass pass(PtNDManager step, PtNDArray images, Engine.Batch batch, boolean aside) {
    JniUtils.setGradMode(true);
    try {
      Optional<StepDraws> draws = Optional.of(StepDraws.of(batch));
      PtNDArray logits =
          aside ? network.forwardAside(images, draws) : network.forward(images, true, draws);
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
