package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#products} by vectors. A tile of a row of the output stays in eight vectors while
 * all taps of the row pass by; what they read of the input stays in the first cache from row to
 * row.
 */
final class ProductVectors {
  private static final VectorSpecies<Float> S = VectorWidth.species();
  private static final int L = S.length();

  /** Vectors of a place. */
  private static final int V = LANES / L;

  private static final int TILE = SparseVectors.TILE;

  private ProductVectors() {}

  static void add(Taps taps, float[] in, int from, float[] ofOut, int to, Line line, float[] sums) {
    int rows = taps.rows();
    int i = 0;
    for (; V <= 2 && i + TILE <= line.places(); i += TILE) {
      int read = from + line.in() + i * line.inStep();
      int at = to + line.out() + i * line.outStep();
      for (int row = 0; row < rows; row++) {
        int y = at + row * line.rowStep();
        if (V == 1) {
          eight(taps, row, in, read, line.inStep(), ofOut, y, line.outStep(), sums);
        } else {
          four(taps, row, in, read, line.inStep(), ofOut, y, line.outStep(), sums);
        }
      }
    }
    for (; i < line.places(); i++) {
      int read = from + line.in() + i * line.inStep();
      int at = to + line.out() + i * line.outStep();
      for (int row = 0; row < rows; row++) {
        for (int v = 0; v < LANES; v += L) {
          one(taps, row, in, read + v, ofOut, at + row * line.rowStep() + v, sums, v);
        }
      }
    }
  }

  /** Eight places of one vector each. */
  private static void eight(
      Taps taps,
      int row,
      float[] in,
      int read,
      int apart,
      float[] ofOut,
      int y,
      int step,
      float[] sums) {
    FloatVector y0 = FloatVector.fromArray(S, ofOut, y);
    FloatVector y1 = FloatVector.fromArray(S, ofOut, y + step);
    FloatVector y2 = FloatVector.fromArray(S, ofOut, y + 2 * step);
    FloatVector y3 = FloatVector.fromArray(S, ofOut, y + 3 * step);
    FloatVector y4 = FloatVector.fromArray(S, ofOut, y + 4 * step);
    FloatVector y5 = FloatVector.fromArray(S, ofOut, y + 5 * step);
    FloatVector y6 = FloatVector.fromArray(S, ofOut, y + 6 * step);
    FloatVector y7 = FloatVector.fromArray(S, ofOut, y + 7 * step);
    int[] offset = taps.offset();
    int end = taps.start()[row + 1];
    for (int k = taps.start()[row]; k < end; k++) {
      int x = read + offset[k];
      FloatVector sum = FloatVector.fromArray(S, sums, k * LANES);
      sum = FloatVector.fromArray(S, in, x).fma(y0, sum);
      sum = FloatVector.fromArray(S, in, x + apart).fma(y1, sum);
      sum = FloatVector.fromArray(S, in, x + 2 * apart).fma(y2, sum);
      sum = FloatVector.fromArray(S, in, x + 3 * apart).fma(y3, sum);
      sum = FloatVector.fromArray(S, in, x + 4 * apart).fma(y4, sum);
      sum = FloatVector.fromArray(S, in, x + 5 * apart).fma(y5, sum);
      sum = FloatVector.fromArray(S, in, x + 6 * apart).fma(y6, sum);
      sum = FloatVector.fromArray(S, in, x + 7 * apart).fma(y7, sum);
      sum.intoArray(sums, k * LANES);
    }
  }

  /** Four places of two vectors each. */
  private static void four(
      Taps taps,
      int row,
      float[] in,
      int read,
      int apart,
      float[] ofOut,
      int y,
      int step,
      float[] sums) {
    FloatVector y0 = FloatVector.fromArray(S, ofOut, y);
    FloatVector z0 = FloatVector.fromArray(S, ofOut, y + L);
    FloatVector y1 = FloatVector.fromArray(S, ofOut, y + step);
    FloatVector z1 = FloatVector.fromArray(S, ofOut, y + step + L);
    FloatVector y2 = FloatVector.fromArray(S, ofOut, y + 2 * step);
    FloatVector z2 = FloatVector.fromArray(S, ofOut, y + 2 * step + L);
    FloatVector y3 = FloatVector.fromArray(S, ofOut, y + 3 * step);
    FloatVector z3 = FloatVector.fromArray(S, ofOut, y + 3 * step + L);
    int[] offset = taps.offset();
    int end = taps.start()[row + 1];
    for (int k = taps.start()[row]; k < end; k++) {
      int x = read + offset[k];
      FloatVector first = FloatVector.fromArray(S, sums, k * LANES);
      FloatVector second = FloatVector.fromArray(S, sums, k * LANES + L);
      first = FloatVector.fromArray(S, in, x).fma(y0, first);
      second = FloatVector.fromArray(S, in, x + L).fma(z0, second);
      first = FloatVector.fromArray(S, in, x + apart).fma(y1, first);
      second = FloatVector.fromArray(S, in, x + apart + L).fma(z1, second);
      first = FloatVector.fromArray(S, in, x + 2 * apart).fma(y2, first);
      second = FloatVector.fromArray(S, in, x + 2 * apart + L).fma(z2, second);
      first = FloatVector.fromArray(S, in, x + 3 * apart).fma(y3, first);
      second = FloatVector.fromArray(S, in, x + 3 * apart + L).fma(z3, second);
      first.intoArray(sums, k * LANES);
      second.intoArray(sums, k * LANES + L);
    }
  }

  /** One vector of one place. */
  private static void one(
      Taps taps, int row, float[] in, int read, float[] ofOut, int at, float[] sums, int v) {
    FloatVector y = FloatVector.fromArray(S, ofOut, at);
    int[] offset = taps.offset();
    int end = taps.start()[row + 1];
    for (int k = taps.start()[row]; k < end; k++) {
      FloatVector sum = FloatVector.fromArray(S, sums, k * LANES + v);
      FloatVector.fromArray(S, in, read + offset[k]).fma(y, sum).intoArray(sums, k * LANES + v);
    }
  }
}
