package io.ticketflow.math;

/**
 * Every array with the same weight: the bits of {@link ExactMean} of the same arrays in the same
 * order, without holding them.
 */
public final class RunningMean implements Mean {
  private double[] sum = {};
  private int count;

  @Override
  public void add(float[] values) {
    if (count == 0) {
      sum = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        sum[i] = values[i]; // not 0 + value: that would turn -0 into +0
      }
    } else {
      Mean.check(sum, values);
      for (int i = 0; i < values.length; i++) {
        sum[i] += values[i];
      }
    }
    count++;
  }

  /** The mean if these values were added too, which they are not. */
  public float[] meanWith(float[] values) {
    if (count == 0) {
      return values.clone();
    }
    Mean.check(sum, values);
    double number = count + 1.0;
    double[] before = sum; // a local one, as the loop is vectorised then
    float[] mean = new float[values.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) ((before[i] + values[i]) / number);
    }
    return mean;
  }

  @Override
  public float[] mean() {
    if (count == 0) {
      throw new IllegalStateException("there is no mean of no arrays");
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / count);
    }
    return mean;
  }
}
