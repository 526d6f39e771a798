package io.ticketflow.math;

import java.util.Arrays;
import java.util.List;

/** Sums of float arrays, each with a share. */
public final class AffineCombination {
  /** Entries at a time, so that their sums stay in the first cache. */
  private static final int BLOCK = 2048;

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
    int whole = -1;
    boolean alone = true;
    for (int k = 0; k < shares.length; k++) {
      double share = shares[k];
      if (arrays.get(k).length != length || !Double.isFinite(share)) {
        throw new IllegalArgumentException(
            "array " + k + " has " + arrays.get(k).length + " entries and the share " + share);
      }
      alone &= share == 0 || (share == 1 && whole < 0);
      whole = share == 1 ? k : whole;
    }
    if (alone && whole >= 0) {
      return arrays.get(whole).clone();
    }
    float[] sums = new float[length];
    double[] block = new double[Math.min(BLOCK, length)];
    for (int from = 0; from < length; from += BLOCK) {
      int count = Math.min(BLOCK, length - from);
      Arrays.fill(block, 0);
      for (int k = 0; k < shares.length; k++) {
        if (shares[k] != 0) { // an infinity of an array without a share would make NaN
          add(shares[k], arrays.get(k), from, block, count);
        }
      }
      for (int i = 0; i < count; i++) {
        sums[from + i] = (float) block[i];
      }
    }
    return sums;
  }

  private static void add(double share, float[] array, int from, double[] block, int count) {
    for (int i = 0; i < count; i++) {
      block[i] += share * array[from + i];
    }
  }
}
