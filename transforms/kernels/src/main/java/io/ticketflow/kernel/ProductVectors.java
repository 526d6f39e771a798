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

  static void add(
      Taps taps,
      int fromRow,
      int toRow,
      float[] in,
      int from,
      float[] ofOut,
      int to,
      Line line,
      int lines,
      int inNext,
      int outNext,
      float[] sums,
      int base) {
    int done = 0;
    if (V == 1 && line.inStep() == LANES && line.places() == TILE) {
      int read = from + line.in();
      int write = to + line.out();
      for (; done + 2 <= lines; done += 2) {
        int x = read + done * inNext;
        int y = write + done * outNext;
        TileProducts.add(
            taps, fromRow, toRow, in, x, inNext, ofOut, y, outNext, line.rowStep(), sums, base);
      }
    }
    for (; done < lines; done++) {
      int x = from + done * inNext;
      line(taps, fromRow, toRow, in, x, ofOut, to + done * outNext, line, sums, base);
    }
  }

  private static void line(
      Taps taps,
      int fromRow,
      int toRow,
      float[] in,
      int from,
      float[] ofOut,
      int to,
      Line line,
      float[] sums,
      int base) {
    int[] start = taps.start();
    int[] offset = taps.offset();
    int first = base - start[fromRow] * LANES;
    int inStep = line.inStep();
    int i = 0;
    for (; V == 1 && inStep == LANES && i + 2 * TILE <= line.places(); i += 2 * TILE) {
      int x = from + line.in() + i * LANES;
      int y = to + line.out() + i * LANES;
      int next = TILE * LANES;
      TileProducts.add(
          taps, fromRow, toRow, in, x, next, ofOut, y, next, line.rowStep(), sums, base);
    }
    for (; V <= 2 && i + TILE <= line.places(); i += TILE) {
      int read = from + line.in() + i * inStep;
      int at = to + line.out() + i * LANES + fromRow * line.rowStep();
      for (int row = fromRow; row < toRow; row++, at += line.rowStep()) {
        int k = start[row];
        int end = start[row + 1];
        if (V == 2) {
          four(offset, k, end, in, read, inStep, ofOut, at, sums, first);
        } else if (inStep == LANES) {
          eight(offset, k, end, in, read, ofOut, at, sums, first);
        } else {
          apart(offset, k, end, in, read, inStep, ofOut, at, sums, first);
        }
      }
    }
    for (; i < line.places(); i++) {
      int read = from + line.in() + i * inStep;
      int at = to + line.out() + i * LANES + fromRow * line.rowStep();
      for (int row = fromRow; row < toRow; row++, at += line.rowStep()) {
        for (int v = 0; v < LANES; v += L) {
          one(offset, start[row], start[row + 1], in, read + v, ofOut, at + v, sums, first, v);
        }
      }
    }
  }

  /** Eight places of one vector each, read side by side. */
  private static void eight(
      int[] offset,
      int from,
      int end,
      float[] in,
      int read,
      float[] ofOut,
      int y,
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
      sum.intoArray(sums, at);
    }
  }

  /** Likewise places that lie apart where they are read. */
  private static void apart(
      int[] offset,
      int from,
      int end,
      float[] in,
      int read,
      int apart,
      float[] ofOut,
      int y,
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
    for (int k = from; k < end; k++) {
      int x = read + offset[k];
      int at = first + k * LANES;
      FloatVector sum = FloatVector.fromArray(S, sums, at);
      sum = FloatVector.fromArray(S, in, x).fma(y0, sum);
      sum = FloatVector.fromArray(S, in, x + apart).fma(y1, sum);
      sum = FloatVector.fromArray(S, in, x + 2 * apart).fma(y2, sum);
      sum = FloatVector.fromArray(S, in, x + 3 * apart).fma(y3, sum);
      sum = FloatVector.fromArray(S, in, x + 4 * apart).fma(y4, sum);
      sum = FloatVector.fromArray(S, in, x + 5 * apart).fma(y5, sum);
      sum = FloatVector.fromArray(S, in, x + 6 * apart).fma(y6, sum);
      sum = FloatVector.fromArray(S, in, x + 7 * apart).fma(y7, sum);
      sum.intoArray(sums, at);
    }
  }

  /** Four places of two vectors each. */
  private static void four(
      int[] offset,
      int from,
      int end,
      float[] in,
      int read,
      int apart,
      float[] ofOut,
      int y,
      float[] sums,
      int place) {
    FloatVector y0 = FloatVector.fromArray(S, ofOut, y);
    FloatVector z0 = FloatVector.fromArray(S, ofOut, y + L);
    FloatVector y1 = FloatVector.fromArray(S, ofOut, y + LANES);
    FloatVector z1 = FloatVector.fromArray(S, ofOut, y + LANES + L);
    FloatVector y2 = FloatVector.fromArray(S, ofOut, y + 2 * LANES);
    FloatVector z2 = FloatVector.fromArray(S, ofOut, y + 2 * LANES + L);
    FloatVector y3 = FloatVector.fromArray(S, ofOut, y + 3 * LANES);
    FloatVector z3 = FloatVector.fromArray(S, ofOut, y + 3 * LANES + L);
    for (int k = from; k < end; k++) {
      int x = read + offset[k];
      int at = place + k * LANES;
      FloatVector first = FloatVector.fromArray(S, sums, at);
      FloatVector second = FloatVector.fromArray(S, sums, at + L);
      first = FloatVector.fromArray(S, in, x).fma(y0, first);
      second = FloatVector.fromArray(S, in, x + L).fma(z0, second);
      first = FloatVector.fromArray(S, in, x + apart).fma(y1, first);
      second = FloatVector.fromArray(S, in, x + apart + L).fma(z1, second);
      first = FloatVector.fromArray(S, in, x + 2 * apart).fma(y2, first);
      second = FloatVector.fromArray(S, in, x + 2 * apart + L).fma(z2, second);
      first = FloatVector.fromArray(S, in, x + 3 * apart).fma(y3, first);
      second = FloatVector.fromArray(S, in, x + 3 * apart + L).fma(z3, second);
      first.intoArray(sums, at);
      second.intoArray(sums, at + L);
    }
  }

  /** One vector of one place. */
  private static void one(
      int[] offset,
      int from,
      int end,
      float[] in,
      int read,
      float[] ofOut,
      int at,
      float[] sums,
      int first,
      int v) {
    FloatVector y = FloatVector.fromArray(S, ofOut, at);
    for (int k = from; k < end; k++) {
      int to = first + k * LANES + v;
      FloatVector sum = FloatVector.fromArray(S, sums, to);
      FloatVector.fromArray(S, in, read + offset[k]).fma(y, sum).intoArray(sums, to);
    }
  }
}
