package io.ticketflow.math;

import io.ticketflow.kernel.Kernels;
import io.ticketflow.kernel.WideSums;

/** So many entries of arrays, whose sums stay in the first cache while all arrays are added. */
final class MeanBlock {
  private static final int MOST = 1 << 10;

  private final double[] sums;

  private MeanBlock(int entries) {
    this.sums = new double[entries];
  }

  /** A block for arrays of that length: as long as they are, or one of several. */
  static MeanBlock of(int length) {
    int vectors = Math.max(1, (length + Kernels.LANES - 1) / Kernels.LANES);
    return new MeanBlock(Math.min(MOST, vectors * Kernels.LANES));
  }

  int entries() {
    return sums.length;
  }

  int bytes() {
    return sums.length * Float.BYTES;
  }

  /**
   * The means of as many entries as a block has.
   *
   * @param arrays floats, little-endian
   * @param places where each array's entries begin
   * @param at where their means begin
   * @return whether all means are finite
   */
  boolean mean(byte[][] arrays, int[] places, byte[] mean, int at) {
    // All fours go through one loop: beside a second one the compiler puts vectors on the heap.
    WideSums.begin(sums);
    int next = 0;
    for (; next + WideSums.ARRAYS <= arrays.length; next += WideSums.ARRAYS) {
      WideSums.addFour(sums, arrays, places, next);
    }
    for (; next < arrays.length; next++) {
      WideSums.add(sums, arrays, places, next);
    }
    return WideSums.divide(sums, arrays.length, mean, at);
  }
}
