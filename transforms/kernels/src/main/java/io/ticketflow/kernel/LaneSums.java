package io.ticketflow.kernel;

import java.util.Arrays;

/** Sums over places, lane by lane, in the places' order. */
final class LaneSums {
  private LaneSums() {}

  static void clear(float[] sums) {
    Arrays.fill(sums, 0);
  }

  /** Adds places that lie side by side. */
  static void add(float[] values, int at, int places, float[] sums) {
    for (int lane = 0; lane < Kernels.LANES; lane++) {
      float sum = sums[lane];
      for (int i = 0; i < places; i++) {
        sum += values[at + i * Kernels.LANES + lane];
      }
      sums[lane] = sum;
    }
  }

  /** Adds the squares of their distance from a mean. */
  static void addSquares(float[] values, int at, int places, float mean, float[] sums) {
    for (int lane = 0; lane < Kernels.LANES; lane++) {
      float sum = sums[lane];
      for (int i = 0; i < places; i++) {
        float away = values[at + i * Kernels.LANES + lane] - mean;
        sum = Math.fma(away, away, sum);
      }
      sums[lane] = sum;
    }
  }

  /** The sum of the first lanes, in double, ascending. */
  static double total(float[] sums, int lanes) {
    double total = 0;
    for (int lane = 0; lane < lanes; lane++) {
      total += sums[lane];
    }
    return total;
  }
}
