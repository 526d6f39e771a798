package io.ticketflow.math;

/**
 * A mean of float arrays that come one after the other. It holds a sum, 8 bytes an entry, and no
 * array. For one thread.
 */
public sealed interface Mean permits RunningMean, ExponentialMean {
  /**
   * Takes the next array; copies what it needs.
   *
   * @throws IllegalArgumentException if it has another length than the first
   */
  void add(float[] values);

  /**
   * The mean of the arrays so far, rounded to float once; more may follow.
   *
   * @throws IllegalStateException if there were none
   */
  float[] mean();

  /** Throws unless the next array is as long as those before it. */
  static void check(double[] sum, float[] next) {
    if (sum.length != next.length) {
      throw new IllegalArgumentException(
          "arrays of " + sum.length + " and of " + next.length + " entries have no mean");
    }
  }
}
