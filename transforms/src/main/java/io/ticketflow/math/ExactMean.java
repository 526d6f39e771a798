package io.ticketflow.math;

import java.util.List;

/**
 * The mean of float arrays, entry by entry: added in double in the list's order, divided by their
 * number, rounded to float once.
 *
 * <p>Whoever averages sorts first and averages all at once; then the result has the same bits
 * however its parts came together. Before the one rounding to float the error is below N · 2^-53
 * times the mean of the absolute values, and nothing overflows. Where the entries' exponents lie
 * within 29 − log2 N of each other the sum is exact, and for N a power of two the result is then
 * the exact mean, correctly rounded. The mean of one array is that array, −0 included.
 */
public final class ExactMean {
  private ExactMean() {}

  /**
   * The mean.
   *
   * @param arrays at least one, all of the same length; not changed
   */
  public static float[] of(List<float[]> arrays) {
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException("there is no mean of no arrays");
    }
    float[] first = arrays.get(0);
    float[] mean = new float[first.length];
    for (float[] array : arrays) {
      if (array.length != first.length) {
        throw new IllegalArgumentException(
            "arrays of " + first.length + " and of " + array.length + " entries have no mean");
      }
    }
    for (int i = 0; i < mean.length; i++) {
      // Not from 0: that would turn -0 into +0.
      double sum = first[i];
      for (int j = 1; j < arrays.size(); j++) {
        sum += arrays.get(j)[i];
      }
      mean[i] = (float) (sum / arrays.size());
    }
    return mean;
  }
}
