package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;
import static io.ticketflow.kernel.ShortRowVectors.at;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link ProductVectors} for the tiles of {@link ShortRowVectors}. */
final class ShortRowProducts {
  private static final VectorSpecies<Float> S = VectorWidth.species();
  private static final int L = S.length();

  /** Vectors of a place. */
  private static final int V = LANES / L;

  private static final int TILE = SparseVectors.TILE;

  private ShortRowProducts() {}

  static void add(
      Taps taps,
      int fromRow,
      int toRow,
      float[] in,
      float[] ofOut,
      int write,
      Places places,
      int first,
      int end,
      float[] sums,
      int base) {
    int[] offset = taps.offset();
    int[] start = taps.start();
    int sum = base - start[fromRow] * LANES;
    int whole = V <= 2 ? first + (end - first) / TILE * TILE : first;
    for (int row = fromRow; row < toRow; row++) {
      int behind = write + row * places.rowStep();
      int k = start[row];
      int last = start[row + 1];
      for (int i = first; i < whole; i += TILE) {
        int x0 = at(places.in(), i, 0);
        int x1 = at(places.in(), i, 1);
        int x2 = at(places.in(), i, 2);
        int x3 = at(places.in(), i, 3);
        int y0 = behind + at(places.out(), i, 0);
        int y1 = behind + at(places.out(), i, 1);
        int y2 = behind + at(places.out(), i, 2);
        int y3 = behind + at(places.out(), i, 3);
        if (V == 1) {
          ones(offset, k, last, in, x0, x1, x2, x3, ofOut, y0, y1, y2, y3, sums, sum);
        } else {
          twos(offset, k, last, in, x0, x1, x2, x3, ofOut, y0, y1, y2, y3, sums, sum);
        }
      }
    }
    for (int i = whole; i < end; i++) {
      ProductVectors.add(
          taps, fromRow, toRow, in, 0, ofOut, write, places.line(i), 1, 0, 0, sums, base);
    }
  }

  /** Eight places of one vector each. */
  private static void ones(
      int[] offset,
      int from,
      int end,
      float[] in,
      int x0,
      int x1,
      int x2,
      int x3,
      float[] ofOut,
      int y0,
      int y1,
      int y2,
      int y3,
      float[] sums,
      int base) {
    FloatVector z0 = FloatVector.fromArray(S, ofOut, y0);
    FloatVector z1 = FloatVector.fromArray(S, ofOut, y0 + L);
    FloatVector z2 = FloatVector.fromArray(S, ofOut, y1);
    FloatVector z3 = FloatVector.fromArray(S, ofOut, y1 + L);
    FloatVector z4 = FloatVector.fromArray(S, ofOut, y2);
    FloatVector z5 = FloatVector.fromArray(S, ofOut, y2 + L);
    FloatVector z6 = FloatVector.fromArray(S, ofOut, y3);
    FloatVector z7 = FloatVector.fromArray(S, ofOut, y3 + L);
    for (int k = from; k < end; k++) {
      int by = offset[k];
      int to = base + k * LANES;
      FloatVector sum = FloatVector.fromArray(S, sums, to);
      sum = FloatVector.fromArray(S, in, x0 + by).fma(z0, sum);
      sum = FloatVector.fromArray(S, in, x0 + by + L).fma(z1, sum);
      sum = FloatVector.fromArray(S, in, x1 + by).fma(z2, sum);
      sum = FloatVector.fromArray(S, in, x1 + by + L).fma(z3, sum);
      sum = FloatVector.fromArray(S, in, x2 + by).fma(z4, sum);
      sum = FloatVector.fromArray(S, in, x2 + by + L).fma(z5, sum);
      sum = FloatVector.fromArray(S, in, x3 + by).fma(z6, sum);
      sum = FloatVector.fromArray(S, in, x3 + by + L).fma(z7, sum);
      sum.intoArray(sums, to);
    }
  }

  /** Four places of two vectors each. */
  private static void twos(
      int[] offset,
      int from,
      int end,
      float[] in,
      int x0,
      int x1,
      int x2,
      int x3,
      float[] ofOut,
      int y0,
      int y1,
      int y2,
      int y3,
      float[] sums,
      int base) {
    FloatVector z0 = FloatVector.fromArray(S, ofOut, y0);
    FloatVector z1 = FloatVector.fromArray(S, ofOut, y0 + L);
    FloatVector z2 = FloatVector.fromArray(S, ofOut, y1);
    FloatVector z3 = FloatVector.fromArray(S, ofOut, y1 + L);
    FloatVector z4 = FloatVector.fromArray(S, ofOut, y2);
    FloatVector z5 = FloatVector.fromArray(S, ofOut, y2 + L);
    FloatVector z6 = FloatVector.fromArray(S, ofOut, y3);
    FloatVector z7 = FloatVector.fromArray(S, ofOut, y3 + L);
    for (int k = from; k < end; k++) {
      int by = offset[k];
      int to = base + k * LANES;
      FloatVector first = FloatVector.fromArray(S, sums, to);
      FloatVector second = FloatVector.fromArray(S, sums, to + L);
      first = FloatVector.fromArray(S, in, x0 + by).fma(z0, first);
      second = FloatVector.fromArray(S, in, x0 + by + L).fma(z1, second);
      first = FloatVector.fromArray(S, in, x1 + by).fma(z2, first);
      second = FloatVector.fromArray(S, in, x1 + by + L).fma(z3, second);
      first = FloatVector.fromArray(S, in, x2 + by).fma(z4, first);
      second = FloatVector.fromArray(S, in, x2 + by + L).fma(z5, second);
      first = FloatVector.fromArray(S, in, x3 + by).fma(z6, first);
      second = FloatVector.fromArray(S, in, x3 + by + L).fma(z7, second);
      first.intoArray(sums, to);
      second.intoArray(sums, to + L);
    }
  }
}
