package io.ticketflow.learn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The mean of arrays, summed in doubles and rounded once, and if asked for their spread. */
final class WeightAverage {
  private static final int PARTS = 3;

  private final double[] sum;
  private final boolean spreads;
  private final double[] squares;
  private float[] first = {};
  private int samples;

  /**
   * @param spreads whether the spread is asked for
   */
  WeightAverage(int size, boolean spreads) {
    sum = new double[size];
    this.spreads = spreads;
    squares = new double[spreads ? size : 0];
  }

  /** Goes on from the parts of so many arrays. */
  WeightAverage(List<float[]> parts, int samples) {
    this(parts.get(0).length, parts.size() > PARTS);
    this.samples = samples;
    join(parts.subList(0, PARTS), sum);
    if (spreads) {
      first = parts.get(PARTS);
      join(parts.subList(PARTS + 1, parts.size()), squares);
    }
  }

  /** The largest first: each partial sum is the part of the old sum that it was split from. */
  private static void join(List<float[]> parts, double[] sum) {
    for (float[] part : parts) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
  }

  /**
   * The sum as three arrays; where the spread is kept then the first array and three of squares.
   */
  List<float[]> parts() {
    List<float[]> parts = new ArrayList<>(split(sum));
    if (spreads) {
      parts.add(first);
      parts.addAll(split(squares));
    }
    return parts;
  }

  /**
   * A sum as three arrays that add up to it exactly, the largest first: 3 × 24 bits hold a double's
   * 53, and a sum of floats has no digit below the smallest float.
   */
  private static List<float[]> split(double[] sum) {
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
    if (spreads) {
      first = samples == 0 ? values.clone() : first;
      for (int i = 0; i < sum.length; i++) {
        double step = (double) values[i] - first[i];
        squares[i] += (float) (step * step); // a float, so that three parts hold the sum
      }
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

  /**
   * The standard deviation of each entry around its mean, with the number of arrays as divisor, as
   * SWAG has it (Maddox et al. 2019). Squares are of the way from the first array: those of the
   * weights would leave few digits of a small spread.
   */
  float[] spread() {
    float[] spread = new float[sum.length];
    for (int i = 0; i < spread.length; i++) {
      double way = sum[i] / samples - first[i];
      spread[i] = (float) Math.sqrt(Math.max(0, squares[i] / samples - way * way));
    }
    return spread;
  }
}
