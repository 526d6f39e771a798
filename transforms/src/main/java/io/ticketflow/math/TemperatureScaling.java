package io.ticketflow.math;

/**
 * Temperature scaling (Guo, Pleiss, Sun, Weinberger, ICML 2017, section 4.2): logits are divided by
 * one number, which makes the likelihood of labels the greatest. No prediction changes.
 */
public final class TemperatureScaling {
  /** Temperatures are looked for from 1/RANGE to RANGE. */
  private static final double RANGE = 100;

  private static final int HALVINGS = 100;

  private TemperatureScaling() {}

  /**
   * The temperature of least negative log-likelihood, which is convex in its inverse; at an end of
   * [0.01, 100] where it would lie beyond, as when every prediction is right.
   *
   * @param logits a row an image: logits, or logarithms of probabilities, which are the same here
   * @param labels an image each, at least one
   */
  public static double fit(double[][] logits, int[] labels) {
    double low = 1 / RANGE; // of the inverse
    double high = RANGE;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = Math.sqrt(low * high);
      if (slope(logits, labels, middle) > 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return 1 / Math.sqrt(low * high);
  }

  /** The likelihood's slope in the inverse temperature: mean expected logit less the label's. */
  private static double slope(double[][] logits, int[] labels, double inverse) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      double[] shares = probabilities(logits[i], 1 / inverse);
      double expected = 0;
      for (int k = 0; k < shares.length; k++) {
        expected += shares[k] * logits[i][k];
      }
      sum += expected - logits[i][labels[i]];
    }
    return sum;
  }

  /** Softmax of logits over a temperature. */
  public static double[] probabilities(double[] logits, double temperature) {
    double most = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      most = Math.max(most, logit);
    }
    double[] shares = new double[logits.length];
    double all = 0;
    for (int k = 0; k < shares.length; k++) {
      shares[k] = StrictMath.exp((logits[k] - most) / temperature);
      all += shares[k];
    }
    for (int k = 0; k < shares.length; k++) {
      shares[k] /= all;
    }
    return shares;
  }
}
