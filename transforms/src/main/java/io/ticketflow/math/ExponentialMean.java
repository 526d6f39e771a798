package io.ticketflow.math;

/**
 * The exponential moving average: e_0 = θ_0, e_t = decay · e_{t−1} + (1 − decay) · θ_t, in double.
 */
public final class ExponentialMean implements Mean {
  private final double decay;
  private double[] average = {};
  private boolean empty = true;

  /**
   * @param decay the share that the average of the earlier arrays keeps, above 0 and below 1
   */
  public ExponentialMean(double decay) {
    if (!(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException("decay must be above 0 and below 1, got " + decay);
    }
    this.decay = decay;
  }

  @Override
  public void add(float[] values) {
    if (empty) {
      average = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        average[i] = values[i];
      }
      empty = false;
      return;
    }
    Mean.check(average, values);
    for (int i = 0; i < values.length; i++) {
      average[i] = decay * average[i] + (1 - decay) * values[i];
    }
  }

  @Override
  public float[] mean() {
    if (empty) {
      throw new IllegalStateException("there is no mean of no arrays");
    }
    float[] mean = new float[average.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) average[i];
    }
    return mean;
  }
}
