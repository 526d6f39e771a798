package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Kernels#gradient} of rows that have the same taps, two at a time, by vectors. */
final class PairVectors {
  private static final VectorSpecies<Float> S = VectorWidth.species();
  private static final int L = S.length();

  /** Taps of which what they read fits the first cache together. */
  private static final int CHUNK = 32;

  /** Places that {@link #tile} takes. */
  private static final int TILE = 8;

  private PairVectors() {}

  /** Pairs of rows that have the same taps, over few of the taps at a time. */
  static void add(
      Taps taps,
      int rows,
      float[] in,
      int read,
      float[] ofOut,
      int write,
      Places places,
      int from,
      int to,
      Part part,
      float[] gradient) {
    // behind what is kept between parts
    int own = part.at() + (part.isWhole() ? 0 : taps.offset().length + 7) * LANES;
    int each = taps.start()[1];
    int whole = each / 4 * 4;
    for (int chunk = 0; chunk < whole; chunk += CHUNK) {
      int end = Math.min(whole, chunk + CHUNK);
      for (int row = 0; row < rows; row += 2) {
        for (int k = chunk; k < end; k += 4) {
          pair(taps, row, k, each, in, read, ofOut, write, places, from, to, part, own, gradient);
        }
      }
    }
    for (int row = 0; row < rows; row++) {
      int k = row * each + whole;
      int y = write + row * places.rowStep();
      GradientVectors.row(
          taps, k, (row + 1) * each, in, read, ofOut, y, places, from, to, part, gradient);
    }
  }

  /** Whether a part is the whole, and is as many places side by side as fit registers. */
  static boolean isTile(Places places, int from, int to, Part part) {
    return L == LANES
        && part.isWhole()
        && to - from == TILE
        && places.in()[to - 1] - places.in()[from] == (TILE - 1) * LANES
        && places.out()[to - 1] - places.out()[from] == (TILE - 1) * LANES;
  }

  /** All rows, in pairs, of what {@link #isTile}. */
  static void tile(
      Taps taps,
      float[] in,
      int read,
      float[] ofOut,
      int write,
      Places places,
      int from,
      Part part,
      float[] gradient) {
    int x = read + places.in()[from];
    int step = places.rowStep();
    float[] own = part.sums();
    int at = part.at();
    int each = taps.start()[1];
    for (int row = 0; row < taps.rows(); row += 2) {
      int y = write + places.out()[from] + row * step;
      int to = taps.base() + row * each;
      for (int k = 0; k < each; k += CHUNK) {
        int end = Math.min(each, k + CHUNK);
        tile(taps.offset(), k, end, in, x, ofOut, y, step, own, at);
        GradientVectors.sums(own, at, gradient, to + k, end - k);
        GradientVectors.sums(own, at + CHUNK * LANES, gradient, to + each + k, end - k);
      }
    }
  }

  /**
   * Some taps of a pair: what two rows have in eight places stays in vectors while taps pass by.
   */
  private static void tile(
      int[] offset,
      int from,
      int end,
      float[] in,
      int read,
      float[] ofOut,
      int y,
      int step,
      float[] own,
      int at) {
    FloatVector y0 = FloatVector.fromArray(S, ofOut, y);
    FloatVector z0 = FloatVector.fromArray(S, ofOut, y + step);
    FloatVector y1 = FloatVector.fromArray(S, ofOut, y + LANES);
    FloatVector z1 = FloatVector.fromArray(S, ofOut, y + step + LANES);
    FloatVector y2 = FloatVector.fromArray(S, ofOut, y + 2 * LANES);
    FloatVector z2 = FloatVector.fromArray(S, ofOut, y + step + 2 * LANES);
    FloatVector y3 = FloatVector.fromArray(S, ofOut, y + 3 * LANES);
    FloatVector z3 = FloatVector.fromArray(S, ofOut, y + step + 3 * LANES);
    FloatVector y4 = FloatVector.fromArray(S, ofOut, y + 4 * LANES);
    FloatVector z4 = FloatVector.fromArray(S, ofOut, y + step + 4 * LANES);
    FloatVector y5 = FloatVector.fromArray(S, ofOut, y + 5 * LANES);
    FloatVector z5 = FloatVector.fromArray(S, ofOut, y + step + 5 * LANES);
    FloatVector y6 = FloatVector.fromArray(S, ofOut, y + 6 * LANES);
    FloatVector z6 = FloatVector.fromArray(S, ofOut, y + step + 6 * LANES);
    FloatVector y7 = FloatVector.fromArray(S, ofOut, y + 7 * LANES);
    FloatVector z7 = FloatVector.fromArray(S, ofOut, y + step + 7 * LANES);
    for (int k = from; k < end; k++) {
      int x = read + offset[k];
      int to = at + (k - from) * LANES;
      FloatVector x0 = FloatVector.fromArray(S, in, x);
      FloatVector a = x0.fma(y0, FloatVector.zero(S));
      FloatVector b = x0.fma(z0, FloatVector.zero(S));
      FloatVector x1 = FloatVector.fromArray(S, in, x + LANES);
      a = x1.fma(y1, a);
      b = x1.fma(z1, b);
      FloatVector x2 = FloatVector.fromArray(S, in, x + 2 * LANES);
      a = x2.fma(y2, a);
      b = x2.fma(z2, b);
      FloatVector x3 = FloatVector.fromArray(S, in, x + 3 * LANES);
      a = x3.fma(y3, a);
      b = x3.fma(z3, b);
      FloatVector x4 = FloatVector.fromArray(S, in, x + 4 * LANES);
      a = x4.fma(y4, a);
      b = x4.fma(z4, b);
      FloatVector x5 = FloatVector.fromArray(S, in, x + 5 * LANES);
      a = x5.fma(y5, a);
      b = x5.fma(z5, b);
      FloatVector x6 = FloatVector.fromArray(S, in, x + 6 * LANES);
      a = x6.fma(y6, a);
      b = x6.fma(z6, b);
      FloatVector x7 = FloatVector.fromArray(S, in, x + 7 * LANES);
      a = x7.fma(y7, a);
      b = x7.fma(z7, b);
      a.intoArray(own, to);
      b.intoArray(own, to + CHUNK * LANES);
    }
  }

  /** Four taps of two rows: of all places the first vector, then the next. */
  private static void pair(
      Taps taps,
      int row,
      int tap,
      int each,
      float[] in,
      int read,
      float[] ofOut,
      int write,
      Places places,
      int from,
      int to,
      Part part,
      int own,
      float[] gradient) {
    int[] offset = taps.offset();
    float[] kept = part.sums();
    int upper = part.at() + (row * each + tap) * LANES;
    int lower = part.at() + ((row + 1) * each + tap) * LANES;
    int[] ins = places.in();
    int[] outs = places.out();
    int step = places.rowStep();
    for (int v = 0; v < LANES; v += L) {
      int oa = read + offset[tap] + v;
      int ob = read + offset[tap + 1] + v;
      int oc = read + offset[tap + 2] + v;
      int od = read + offset[tap + 3] + v;
      int first = write + row * step + v;
      FloatVector a0 = FloatVector.zero(S);
      FloatVector a1 = FloatVector.zero(S);
      FloatVector b0 = FloatVector.zero(S);
      FloatVector b1 = FloatVector.zero(S);
      FloatVector c0 = FloatVector.zero(S);
      FloatVector c1 = FloatVector.zero(S);
      FloatVector d0 = FloatVector.zero(S);
      FloatVector d1 = FloatVector.zero(S);
      if (!part.first()) {
        a0 = FloatVector.fromArray(S, kept, upper + v);
        a1 = FloatVector.fromArray(S, kept, lower + v);
        b0 = FloatVector.fromArray(S, kept, upper + v + LANES);
        b1 = FloatVector.fromArray(S, kept, lower + v + LANES);
        c0 = FloatVector.fromArray(S, kept, upper + v + 2 * LANES);
        c1 = FloatVector.fromArray(S, kept, lower + v + 2 * LANES);
        d0 = FloatVector.fromArray(S, kept, upper + v + 3 * LANES);
        d1 = FloatVector.fromArray(S, kept, lower + v + 3 * LANES);
      }
      for (int i = from; i < to; i++) {
        int x = ins[i];
        int y = outs[i] + first;
        FloatVector y0 = FloatVector.fromArray(S, ofOut, y);
        FloatVector y1 = FloatVector.fromArray(S, ofOut, y + step);
        FloatVector xa = FloatVector.fromArray(S, in, x + oa);
        a0 = xa.fma(y0, a0);
        a1 = xa.fma(y1, a1);
        FloatVector xb = FloatVector.fromArray(S, in, x + ob);
        b0 = xb.fma(y0, b0);
        b1 = xb.fma(y1, b1);
        FloatVector xc = FloatVector.fromArray(S, in, x + oc);
        c0 = xc.fma(y0, c0);
        c1 = xc.fma(y1, c1);
        FloatVector xd = FloatVector.fromArray(S, in, x + od);
        d0 = xd.fma(y0, d0);
        d1 = xd.fma(y1, d1);
      }
      if (!part.last()) {
        a0.intoArray(kept, upper + v);
        b0.intoArray(kept, upper + v + LANES);
        c0.intoArray(kept, upper + v + 2 * LANES);
        d0.intoArray(kept, upper + v + 3 * LANES);
        a1.intoArray(kept, lower + v);
        b1.intoArray(kept, lower + v + LANES);
        c1.intoArray(kept, lower + v + 2 * LANES);
        d1.intoArray(kept, lower + v + 3 * LANES);
        continue;
      }
      a0.intoArray(kept, own + v);
      b0.intoArray(kept, own + v + LANES);
      c0.intoArray(kept, own + v + 2 * LANES);
      d0.intoArray(kept, own + v + 3 * LANES);
      a1.intoArray(kept, own + v + 4 * LANES);
      b1.intoArray(kept, own + v + 5 * LANES);
      c1.intoArray(kept, own + v + 6 * LANES);
      d1.intoArray(kept, own + v + 7 * LANES);
    }
    if (!part.last()) {
      return;
    }
    int base = taps.base() + row * each + tap;
    int both = own + 8 * LANES;
    GradientVectors.sums(kept, own, kept, both, 8);
    System.arraycopy(kept, both, gradient, base, 4);
    System.arraycopy(kept, both + 4, gradient, base + each, 4);
  }
}
