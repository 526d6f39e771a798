package io.ticketflow.learn.torch;

/** The mean of arrays, summed in doubles and rounded once. */
final class WeightAverage {
  private final double[] sum;
  private int samples;

  WeightAverage(int size) {
    sum = new double[size];
  }

  void add(float[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
    samples++;
  }

  float[] mean() {
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / samples);
    }
    return mean;
  }
}
