package io.ticketflow.math;

/** Probabilities from logits, in double, the same on every platform. */
public final class Softmax {
  private Softmax() {}

  /**
   * The logarithms of the probabilities, in nats.
   *
   * @param logits finite
   */
  public static double[] log(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += StrictMath.exp(logit - max);
    }
    double shift = max + StrictMath.log(sum);
    double[] log = new double[logits.length];
    for (int i = 0; i < log.length; i++) {
      log[i] = logits[i] - shift;
    }
    return log;
  }

  /**
   * The probabilities.
   *
   * @param logits finite
   */
  public static double[] of(float[] logits) {
    return exp(log(logits));
  }

  /** The probabilities from their logarithms. */
  static double[] exp(double[] logs) {
    double[] probabilities = new double[logs.length];
    for (int i = 0; i < logs.length; i++) {
      probabilities[i] = StrictMath.exp(logs[i]);
    }
    return probabilities;
  }
}
