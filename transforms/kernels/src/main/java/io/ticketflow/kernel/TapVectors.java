package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link GradientVectors} over places, for as many taps as their sums fit registers.
 */
final class TapVectors {
  private static final VectorSpecies<Float> S = VectorWidth.species();
  private static final int L = S.length();

  private TapVectors() {}

  /**
   * Four taps of a row, where a place is two vectors. Of fewer, the last counts for those that
   * lack.
   *
   * @param last of the row's taps
   * @param moved from a tap's number to the place of its sums
   */
  static void four(
      Taps taps,
      int k,
      int last,
      float[] in,
      int read,
      float[] ofOut,
      int row,
      Places places,
      int from,
      int to,
      Part part,
      int moved) {
    float[] left = part.sums();
    int kb = Math.min(k + 1, last);
    int kc = Math.min(k + 2, last);
    int kd = Math.min(k + 3, last);
    int la = part.at() + (k + moved) * LANES;
    int lb = part.at() + (kb + moved) * LANES;
    int lc = part.at() + (kc + moved) * LANES;
    int ld = part.at() + (kd + moved) * LANES;
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector b0 = FloatVector.zero(S);
    FloatVector b1 = FloatVector.zero(S);
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = FloatVector.zero(S);
    FloatVector d0 = FloatVector.zero(S);
    FloatVector d1 = FloatVector.zero(S);
    if (!part.first()) {
      a0 = FloatVector.fromArray(S, left, la);
      a1 = FloatVector.fromArray(S, left, la + L);
      b0 = FloatVector.fromArray(S, left, lb);
      b1 = FloatVector.fromArray(S, left, lb + L);
      c0 = FloatVector.fromArray(S, left, lc);
      c1 = FloatVector.fromArray(S, left, lc + L);
      d0 = FloatVector.fromArray(S, left, ld);
      d1 = FloatVector.fromArray(S, left, ld + L);
    }
    int[] offset = taps.offset();
    int oa = read + offset[k];
    int ob = read + offset[kb];
    int oc = read + offset[kc];
    int od = read + offset[kd];
    int[] ins = places.in();
    int[] outs = places.out();
    for (int i = from; i < to; i++) {
      int x = ins[i];
      int y = outs[i] + row;
      FloatVector y0 = FloatVector.fromArray(S, ofOut, y);
      FloatVector y1 = FloatVector.fromArray(S, ofOut, y + L);
      a0 = FloatVector.fromArray(S, in, x + oa).fma(y0, a0);
      a1 = FloatVector.fromArray(S, in, x + oa + L).fma(y1, a1);
      b0 = FloatVector.fromArray(S, in, x + ob).fma(y0, b0);
      b1 = FloatVector.fromArray(S, in, x + ob + L).fma(y1, b1);
      c0 = FloatVector.fromArray(S, in, x + oc).fma(y0, c0);
      c1 = FloatVector.fromArray(S, in, x + oc + L).fma(y1, c1);
      d0 = FloatVector.fromArray(S, in, x + od).fma(y0, d0);
      d1 = FloatVector.fromArray(S, in, x + od + L).fma(y1, d1);
    }
    a0.intoArray(left, la);
    a1.intoArray(left, la + L);
    b0.intoArray(left, lb);
    b1.intoArray(left, lb + L);
    c0.intoArray(left, lc);
    c1.intoArray(left, lc + L);
    d0.intoArray(left, ld);
    d1.intoArray(left, ld + L);
  }

  /** Likewise eight taps, where a place is one vector. */
  static void eight(
      Taps taps,
      int k,
      int last,
      float[] in,
      int read,
      float[] ofOut,
      int row,
      Places places,
      int from,
      int to,
      Part part,
      int moved) {
    float[] left = part.sums();
    int kb = Math.min(k + 1, last);
    int kc = Math.min(k + 2, last);
    int kd = Math.min(k + 3, last);
    int ke = Math.min(k + 4, last);
    int kf = Math.min(k + 5, last);
    int kg = Math.min(k + 6, last);
    int kh = Math.min(k + 7, last);
    int la = part.at() + (k + moved) * LANES;
    int lb = part.at() + (kb + moved) * LANES;
    int lc = part.at() + (kc + moved) * LANES;
    int ld = part.at() + (kd + moved) * LANES;
    int le = part.at() + (ke + moved) * LANES;
    int lf = part.at() + (kf + moved) * LANES;
    int lg = part.at() + (kg + moved) * LANES;
    int lh = part.at() + (kh + moved) * LANES;
    FloatVector a = FloatVector.zero(S);
    FloatVector b = FloatVector.zero(S);
    FloatVector c = FloatVector.zero(S);
    FloatVector d = FloatVector.zero(S);
    FloatVector e = FloatVector.zero(S);
    FloatVector f = FloatVector.zero(S);
    FloatVector g = FloatVector.zero(S);
    FloatVector h = FloatVector.zero(S);
    if (!part.first()) {
      a = FloatVector.fromArray(S, left, la);
      b = FloatVector.fromArray(S, left, lb);
      c = FloatVector.fromArray(S, left, lc);
      d = FloatVector.fromArray(S, left, ld);
      e = FloatVector.fromArray(S, left, le);
      f = FloatVector.fromArray(S, left, lf);
      g = FloatVector.fromArray(S, left, lg);
      h = FloatVector.fromArray(S, left, lh);
    }
    int[] offset = taps.offset();
    int oa = read + offset[k];
    int ob = read + offset[kb];
    int oc = read + offset[kc];
    int od = read + offset[kd];
    int oe = read + offset[ke];
    int of = read + offset[kf];
    int og = read + offset[kg];
    int oh = read + offset[kh];
    int[] ins = places.in();
    int[] outs = places.out();
    for (int i = from; i < to; i++) {
      int x = ins[i];
      FloatVector y = FloatVector.fromArray(S, ofOut, outs[i] + row);
      a = FloatVector.fromArray(S, in, x + oa).fma(y, a);
      b = FloatVector.fromArray(S, in, x + ob).fma(y, b);
      c = FloatVector.fromArray(S, in, x + oc).fma(y, c);
      d = FloatVector.fromArray(S, in, x + od).fma(y, d);
      e = FloatVector.fromArray(S, in, x + oe).fma(y, e);
      f = FloatVector.fromArray(S, in, x + of).fma(y, f);
      g = FloatVector.fromArray(S, in, x + og).fma(y, g);
      h = FloatVector.fromArray(S, in, x + oh).fma(y, h);
    }
    a.intoArray(left, la);
    b.intoArray(left, lb);
    c.intoArray(left, lc);
    d.intoArray(left, ld);
    e.intoArray(left, le);
    f.intoArray(left, lf);
    g.intoArray(left, lg);
    h.intoArray(left, lh);
  }

  /** Likewise one tap, vector by vector. */
  static void lane(
      Taps taps,
      int k,
      float[] in,
      int read,
      float[] ofOut,
      int row,
      Places places,
      int from,
      int to,
      Part part,
      int moved) {
    float[] left = part.sums();
    int offset = read + taps.offset()[k];
    int at = part.at() + (k + moved) * LANES;
    int[] ins = places.in();
    int[] outs = places.out();
    for (int v = 0; v < LANES; v += L) {
      FloatVector a = FloatVector.zero(S);
      if (!part.first()) {
        a = FloatVector.fromArray(S, left, at + v);
      }
      for (int i = from; i < to; i++) {
        FloatVector y = FloatVector.fromArray(S, ofOut, outs[i] + row + v);
        a = FloatVector.fromArray(S, in, ins[i] + offset + v).fma(y, a);
      }
      a.intoArray(left, at + v);
    }
  }
}
