package io.ticketflow.math;

import java.util.List;

/**
 * Scores of a classifier over images that come one by one or in batches. All sums are in double and
 * in the order of the images, so the batches' size changes nothing. Not thread-safe.
 */
public final class ScoreAccumulator {
  /** Probabilities below this one count as it in logarithms: the least normal double, 2^-1022. */
  public static final double LEAST_PROBABILITY = Double.MIN_NORMAL;

  private final double labelSmoothing;
  private final CalibrationError calibration;
  private final long[] images;
  private final long[] correct;
  private double loss;
  private double nll;
  private double brier;

  /**
   * Scores of nothing yet.
   *
   * @param classes at least 1
   * @param bins of the calibration error, at least 1
   * @param labelSmoothing ε in [0, 1): the loss is (1 − ε) · nll + ε · the mean over all classes of
   *     −log p, as in PyTorch's CrossEntropyLoss
   */
  public ScoreAccumulator(int classes, int bins, double labelSmoothing) {
    if (classes < 1 || !(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "no scores of " + classes + " classes with label smoothing " + labelSmoothing);
    }
    this.labelSmoothing = labelSmoothing;
    calibration = new CalibrationError(bins);
    images = new long[classes];
    correct = new long[classes];
  }

  /**
   * Adds images by their logits.
   *
   * @param logits one row of {@code classes} finite numbers per image
   * @param labels one per image
   * @throws ArithmeticException if a logit is infinite or not a number
   */
  public void addLogits(float[] logits, int[] labels) {
    int classes = images.length;
    if (logits.length != labels.length * classes) {
      throw new IllegalArgumentException(
          logits.length + " logits for " + labels.length + " images of " + classes + " classes");
    }
    float[] row = new float[classes];
    for (int i = 0; i < labels.length; i++) {
      System.arraycopy(logits, i * classes, row, 0, classes);
      addLogits(row, labels[i]);
    }
  }

  /** Adds an image by its logits. */
  public void addLogits(float[] logits, int label) {
    check(logits.length, label);
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        throw new ArithmeticException("the network's output is " + logit);
      }
    }
    double[] logs = Softmax.log(logits);
    add(Softmax.exp(logs), logs, label);
  }

  /**
   * Adds an image by its probabilities, as an ensemble has them.
   *
   * @param probabilities one per class, at least 0 and, but for rounding, summing to 1
   * @throws ArithmeticException if one is negative, infinite or not a number
   */
  public void addProbabilities(double[] probabilities, int label) {
    check(probabilities.length, label);
    double[] logs = new double[probabilities.length];
    for (int i = 0; i < logs.length; i++) {
      double p = probabilities[i];
      if (!(p >= 0 && Double.isFinite(p))) {
        throw new ArithmeticException("a class has the probability " + p);
      }
      logs[i] = StrictMath.log(Math.max(p, LEAST_PROBABILITY));
    }
    add(probabilities, logs, label);
  }

  private void check(int given, int label) {
    int classes = images.length;
    if (given != classes || label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "an image of label "
              + label
              + " with "
              + given
              + " outputs among "
              + classes
              + " classes");
    }
  }

  private void add(double[] probabilities, double[] logs, int label) {
    int predicted = 0;
    double negativeLogs = 0;
    double squares = 0;
    for (int i = 0; i < probabilities.length; i++) {
      // By logarithms, which tell probabilities apart that round to the same; ties: lowest class.
      predicted = logs[i] > logs[predicted] ? i : predicted;
      negativeLogs -= logs[i];
      double error = probabilities[i] - (i == label ? 1 : 0);
      squares += error * error;
    }
    nll -= logs[label];
    loss +=
        (1 - labelSmoothing) * -logs[label]
            + labelSmoothing * (negativeLogs / probabilities.length);
    brier += squares;
    images[label]++;
    correct[label] += predicted == label ? 1 : 0;
    calibration.add(probabilities[predicted], predicted == label);
  }

  /** The bins of the reliability diagram that hold images, in order. */
  public List<CalibrationError.Bin> reliability() {
    return calibration.bins();
  }

  /**
   * The scores of all images added.
   *
   * @throws IllegalStateException if there were none
   */
  public Scores scores() {
    long all = 0;
    long right = 0;
    double worst = 1;
    for (int i = 0; i < images.length; i++) {
      all += images[i];
      right += correct[i];
      if (images[i] > 0) {
        worst = Math.min(worst, correct[i] / (double) images[i]);
      }
    }
    if (all == 0) {
      throw new IllegalStateException("there are no scores of no images");
    }
    return new Scores(
        all, loss / all, right / (double) all, nll / all, calibration.value(), brier / all, worst);
  }
}
