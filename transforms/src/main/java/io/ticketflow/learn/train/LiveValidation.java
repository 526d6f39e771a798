package io.ticketflow.learn.train;

import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.math.ScoreAccumulator;
import io.ticketflow.math.Scores;
import io.ticketflow.schemas.EpochPoint;
import java.util.Arrays;

/** Scores of a network on the validation split while it is trained. */
final class LiveValidation {
  private static final int ANY_BINS = 1;

  private final int classes;
  private final double labelSmoothing;
  private final int[] labels;
  private final Engine engine;

  LiveValidation(TrainingJob job, Images validation, Engine engine) {
    this.classes = job.graph().classes();
    this.labelSmoothing = job.training().labelSmoothing();
    this.labels = validation.labels();
    this.engine = engine;
  }

  /**
   * Adds the scores of the weights as they are; of no images there are none.
   *
   * @throws NonFiniteLossException if the network's output is not finite
   */
  void measure(int epoch, EpochPoint.Builder measures) {
    if (labels.length == 0) {
      return;
    }
    ScoreAccumulator scores = new ScoreAccumulator(classes, ANY_BINS, labelSmoothing);
    try {
      engine.validate(
          (logits, from, to) -> scores.addLogits(logits, Arrays.copyOfRange(labels, from, to)));
    } catch (ArithmeticException e) {
      throw NonFiniteLossException.ofValidation(epoch, measures.getLearningRate());
    }
    Scores seen = scores.scores();
    measures.setValidationLoss(seen.loss());
    measures.setValidationAccuracy(seen.accuracy());
  }
}
