package io.ticketflow.learn.train;

import java.util.List;
import java.util.stream.Stream;

/** The mean of arrays, summed in doubles and rounded once. */
final class WeightAverage {
  static final int PARTS = 3;

  private final double[] sum;
  private int samples;

  WeightAverage(int size) {
    sum = new double[size];
  }

  /** Goes on from the sum of so many arrays. */
  WeightAverage(List<float[]> parts, int samples) {
    this(parts.get(0).length);
    this.samples = samples;
    // The largest first: each partial sum is the part of the old sum that it was split from.
    for (float[] part : parts) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
  }

  /**
   * The sum as three arrays that add up to it exactly, the largest first: 3 × 24 bits hold a
   * double's 53, and a sum of floats has no digit below the smallest float.
   */
  List<float[]> parts() {
    List<float[]> parts = Stream.generate(() -> new float[sum.length]).limit(PARTS).toList();
    for (int i = 0; i < sum.length; i++) {
      double rest = sum[i];
      for (float[] part : parts) {
        part[i] = (float) rest;
        rest -= part[i];
      }
    }
    return parts;
  }

  int samples() {
    return samples;
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
