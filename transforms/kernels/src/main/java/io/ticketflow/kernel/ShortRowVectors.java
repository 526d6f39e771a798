package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link SparseVectors} for rows shorter than a tile: a tile is made of several rows, or of several
 * blocks, and holds places in pairs that lie side by side.
 */
final class ShortRowVectors {
  private static final VectorSpecies<Float> S = VectorWidth.species();
  private static final int L = S.length();

  /** Vectors of a place. */
  private static final int V = LANES / L;

  private static final int TILE = SparseVectors.TILE;

  private ShortRowVectors() {}

  /** Where two vectors of a tile lie that are side by side: the number {@code two} of four. */
  static int at(int[] places, int tile, int two) {
    int place = two * 2 / V;
    return places[tile + place / 2 * 2] + (two * 2 * L - place / 2 * 2 * LANES);
  }

  static void add(
      Taps taps,
      float[] weights,
      Begin begin,
      float[] in,
      float[] out,
      Places places,
      int first,
      int end) {
    int[] offset = taps.offset();
    int[] start = taps.start();
    int base = taps.base();
    float[] begins = begin.values();
    int step = places.rowStep();
    int i = first;
    for (; i + TILE <= end; i += TILE) {
      int x0 = at(places.in(), i, 0);
      int x1 = at(places.in(), i, 1);
      int x2 = at(places.in(), i, 2);
      int x3 = at(places.in(), i, 3);
      int y0 = at(places.out(), i, 0);
      int y1 = at(places.out(), i, 1);
      int y2 = at(places.out(), i, 2);
      int y3 = at(places.out(), i, 3);
      for (int row = 0; row < taps.rows(); row++) {
        if (begins != null) {
          fill(begins[begin.at() + row], out, y0, y1, y2, y3);
        }
        int k = start[row];
        tile(offset, k, start[row + 1], weights, base, in, x0, x1, x2, x3, out, y0, y1, y2, y3);
        y0 += step;
        y1 += step;
        y2 += step;
        y3 += step;
      }
    }
    for (; i < end; i++) {
      SparseVectors.add(taps, weights, begin, in, 0, out, 0, places.line(i));
    }
  }

  private static void fill(float value, float[] out, int y0, int y1, int y2, int y3) {
    FloatVector all = FloatVector.broadcast(S, value);
    all.intoArray(out, y0);
    all.intoArray(out, y0 + L);
    all.intoArray(out, y1);
    all.intoArray(out, y1 + L);
    all.intoArray(out, y2);
    all.intoArray(out, y2 + L);
    all.intoArray(out, y3);
    all.intoArray(out, y3 + L);
  }

  private static void tile(
      int[] offset,
      int from,
      int end,
      float[] weights,
      int base,
      float[] in,
      int x0,
      int x1,
      int x2,
      int x3,
      float[] out,
      int y0,
      int y1,
      int y2,
      int y3) {
    FloatVector a0 = FloatVector.fromArray(S, out, y0);
    FloatVector a1 = FloatVector.fromArray(S, out, y0 + L);
    FloatVector a2 = FloatVector.fromArray(S, out, y1);
    FloatVector a3 = FloatVector.fromArray(S, out, y1 + L);
    FloatVector a4 = FloatVector.fromArray(S, out, y2);
    FloatVector a5 = FloatVector.fromArray(S, out, y2 + L);
    FloatVector a6 = FloatVector.fromArray(S, out, y3);
    FloatVector a7 = FloatVector.fromArray(S, out, y3 + L);
    for (int k = from; k < end; k++) {
      FloatVector w = FloatVector.broadcast(S, weights[base + k]);
      int at = offset[k];
      a0 = FloatVector.fromArray(S, in, x0 + at).fma(w, a0);
      a1 = FloatVector.fromArray(S, in, x0 + at + L).fma(w, a1);
      a2 = FloatVector.fromArray(S, in, x1 + at).fma(w, a2);
      a3 = FloatVector.fromArray(S, in, x1 + at + L).fma(w, a3);
      a4 = FloatVector.fromArray(S, in, x2 + at).fma(w, a4);
      a5 = FloatVector.fromArray(S, in, x2 + at + L).fma(w, a5);
      a6 = FloatVector.fromArray(S, in, x3 + at).fma(w, a6);
      a7 = FloatVector.fromArray(S, in, x3 + at + L).fma(w, a7);
    }
    a0.intoArray(out, y0);
    a1.intoArray(out, y0 + L);
    a2.intoArray(out, y1);
    a3.intoArray(out, y1 + L);
    a4.intoArray(out, y2);
    a5.intoArray(out, y2 + L);
    a6.intoArray(out, y3);
    a7.intoArray(out, y3 + L);
  }
}
