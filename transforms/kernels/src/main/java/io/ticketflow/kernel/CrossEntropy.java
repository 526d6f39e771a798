package io.ticketflow.kernel;

/**
 * The mean cross-entropy of a batch as PyTorch's {@code CrossEntropyLoss(label_smoothing)}: the
 * target gives 1 − ε to the label and spreads ε evenly over all classes, the label's included.
 */
public final class CrossEntropy {
  private final FeatureMap logits;
  private final double smoothing;
  private final double[] exponentials;
  private int correct;

  /**
   * The loss of a network.
   *
   * @param logits a channel a class
   * @param smoothing ε
   */
  public CrossEntropy(FeatureMap logits, double smoothing) {
    this.logits = logits;
    this.smoothing = smoothing;
    exponentials = new double[logits.channels()];
  }

  /**
   * The loss, and its gradient in the logits, which is 0 at lanes without an image. Summed in
   * double over the images, in their order.
   *
   * @param labels one an image
   */
  public double of(int[] labels, int images) {
    int classes = logits.channels();
    int step = logits.channelStep();
    double spread = smoothing / classes;
    double sum = 0;
    correct = 0;
    for (int image = 0; image < images; image++) {
      int at = logits.at(image);
      int label = labels[image];
      int best = 0;
      float[] values = logits.values();
      for (int k = 1; k < classes; k++) {
        best = values[at + k * step] > values[at + best * step] ? k : best;
      }
      correct += best == label ? 1 : 0;
      double largest = values[at + best * step];
      double total = 0;
      for (int k = 0; k < classes; k++) {
        exponentials[k] = Exponential.exp(values[at + k * step] - largest);
        total += exponentials[k];
      }
      double logTotal = Double.isFinite(total) ? largest + Exponential.log(total) : Double.NaN;
      for (int k = 0; k < classes; k++) {
        double wanted = spread + (k == label ? 1 - smoothing : 0);
        if (wanted > 0) {
          sum += wanted * (logTotal - values[at + k * step]);
        }
        if (logits.gradient().length > 0) {
          logits.gradient()[at + k * step] = (float) ((exponentials[k] / total - wanted) / images);
        }
      }
    }
    if (logits.gradient().length > 0) {
      logits.clearMissing(logits.gradient(), images);
    }
    return sum / images;
  }

  /** How many images of the last batch were largest at their label; of equal ones the first. */
  public int correct() {
    return correct;
  }
}
