package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ProductVectors} of two tiles at once, of vectors of a place each: the lanes of a tap are
 * read and written half as often.
 */
final class TileProducts {
  private static final VectorSpecies<Float> S = VectorWidth.species();

  private TileProducts() {}

  /** Two tiles, one behind or below the other. */
  static void add(
      Taps taps,
      int fromRow,
      int toRow,
      float[] in,
      int read,
      int inNext,
      float[] ofOut,
      int write,
      int outNext,
      int rowStep,
      float[] sums,
      int base) {
    int[] start = taps.start();
    int first = base - start[fromRow] * LANES;
    int at = write + fromRow * rowStep;
    for (int row = fromRow; row < toRow; row++, at += rowStep) {
      sixteen(
          taps.offset(),
          start[row],
          start[row + 1],
          in,
          read,
          inNext,
          ofOut,
          at,
          at + outNext,
          sums,
          first);
    }
  }

  /** Twice eight places of one vector each, read side by side. */
  private static void sixteen(
      int[] offset,
      int from,
      int end,
      float[] in,
      int read,
      int inNext,
      float[] ofOut,
      int y,
      int z,
      float[] sums,
      int first) {
    FloatVector y0 = FloatVector.fromArray(S, ofOut, y);
    FloatVector y1 = FloatVector.fromArray(S, ofOut, y + LANES);
    FloatVector y2 = FloatVector.fromArray(S, ofOut, y + 2 * LANES);
    FloatVector y3 = FloatVector.fromArray(S, ofOut, y + 3 * LANES);
    FloatVector y4 = FloatVector.fromArray(S, ofOut, y + 4 * LANES);
    FloatVector y5 = FloatVector.fromArray(S, ofOut, y + 5 * LANES);
    FloatVector y6 = FloatVector.fromArray(S, ofOut, y + 6 * LANES);
    FloatVector y7 = FloatVector.fromArray(S, ofOut, y + 7 * LANES);
    FloatVector z0 = FloatVector.fromArray(S, ofOut, z);
    FloatVector z1 = FloatVector.fromArray(S, ofOut, z + LANES);
    FloatVector z2 = FloatVector.fromArray(S, ofOut, z + 2 * LANES);
    FloatVector z3 = FloatVector.fromArray(S, ofOut, z + 3 * LANES);
    FloatVector z4 = FloatVector.fromArray(S, ofOut, z + 4 * LANES);
    FloatVector z5 = FloatVector.fromArray(S, ofOut, z + 5 * LANES);
    FloatVector z6 = FloatVector.fromArray(S, ofOut, z + 6 * LANES);
    FloatVector z7 = FloatVector.fromArray(S, ofOut, z + 7 * LANES);
    for (int k = from; k < end; k++) {
      int x = read + offset[k];
      int at = first + k * LANES;
      FloatVector sum = FloatVector.fromArray(S, sums, at);
      sum = FloatVector.fromArray(S, in, x).fma(y0, sum);
      sum = FloatVector.fromArray(S, in, x + LANES).fma(y1, sum);
      sum = FloatVector.fromArray(S, in, x + 2 * LANES).fma(y2, sum);
      sum = FloatVector.fromArray(S, in, x + 3 * LANES).fma(y3, sum);
      sum = FloatVector.fromArray(S, in, x + 4 * LANES).fma(y4, sum);
      sum = FloatVector.fromArray(S, in, x + 5 * LANES).fma(y5, sum);
      sum = FloatVector.fromArray(S, in, x + 6 * LANES).fma(y6, sum);
      sum = FloatVector.fromArray(S, in, x + 7 * LANES).fma(y7, sum);
      x += inNext;
      sum = FloatVector.fromArray(S, in, x).fma(z0, sum);
      sum = FloatVector.fromArray(S, in, x + LANES).fma(z1, sum);
      sum = FloatVector.fromArray(S, in, x + 2 * LANES).fma(z2, sum);
      sum = FloatVector.fromArray(S, in, x + 3 * LANES).fma(z3, sum);
      sum = FloatVector.fromArray(S, in, x + 4 * LANES).fma(z4, sum);
      sum = FloatVector.fromArray(S, in, x + 5 * LANES).fma(z5, sum);
      sum = FloatVector.fromArray(S, in, x + 6 * LANES).fma(z6, sum);
      sum = FloatVector.fromArray(S, in, x + 7 * LANES).fma(z7, sum);
      sum.intoArray(sums, at);
    }
  }
}
