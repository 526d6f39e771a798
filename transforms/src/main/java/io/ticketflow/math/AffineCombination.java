package io.ticketflow.math;

import java.util.List;

/** Sums of float arrays, each with a share. */
public final class AffineCombination {
  private AffineCombination() {}

  /**
   * Σ share·array, entry by entry, in double in the order of the arrays, rounded to float once. An
   * array of which the share is 1 while all others have none comes back bit for bit.
   *
   * @param shares finite, one an array; they may be negative, and sum to 1 for a point of the plane
   *     through the arrays
   * @param arrays at least one, all of one length; not changed
   * @throws IllegalArgumentException if they do not fit together
   */
  public static float[] of(double[] shares, List<float[]> arrays) {
    if (arrays.isEmpty() || shares.length != arrays.size()) {
      throw new IllegalArgumentException(
          "there are " + shares.length + " shares of " + arrays.size() + " arrays");
    }
    int length = arrays.get(0).length;
    double[] sum = new double[length];
    int whole = -1;
    boolean alone = true;
    for (int k = 0; k < shares.length; k++) {
      float[] array = arrays.get(k);
      double share = shares[k];
      if (array.length != length || !Double.isFinite(share)) {
        throw new IllegalArgumentException(
            "array " + k + " has " + array.length + " entries and the share " + share);
      }
      alone &= share == 0 || share == 1 && whole < 0;
      whole = share == 1 ? k : whole;
      if (share != 0) { // an infinity of an array without a share would make NaN
        for (int i = 0; i < length; i++) {
          sum[i] += share * array[i];
        }
      }
    }
    if (alone && whole >= 0) {
      return arrays.get(whole).clone();
    }
    float[] rounded = new float[length];
    for (int i = 0; i < length; i++) {
      rounded[i] = (float) sum[i];
    }
    return rounded;
  }
}
