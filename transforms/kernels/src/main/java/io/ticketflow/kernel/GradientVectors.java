package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;

import io.ticketflow.kernel.Kernels.Part;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Kernels#gradient} by vectors: four taps of a row share what is read of its output. */
final class GradientVectors {
  private static final VectorSpecies<Float> S = VectorWidth.species();
  private static final int L = S.length();

  private GradientVectors() {}

  static void add(
      Taps taps,
      float[] in,
      float[] ofOut,
      Places places,
      int from,
      int to,
      Part part,
      float[] gradient) {
    // begins and ends of the sums of four taps, where these are not kept
    float[] sums = part.first() || part.last() ? new float[4 * LANES] : part.sums();
    int row = 0;
    if (L == 8 && taps.alike()) {
      row = taps.rows() / 2 * 2;
      PairVectors.add(taps, row, in, ofOut, places, from, to, part, gradient);
    }
    for (; row < taps.rows(); row++) {
      int y = row * places.rowStep();
      int k = taps.start()[row];
      int end = taps.start()[row + 1];
      for (; k + 4 <= end; k += 4) {
        if (L == 8) {
          four(taps, k, in, ofOut, y, places, from, to, part, sums, gradient);
        } else {
          for (int each = k; each < k + 4; each++) {
            one(taps, each, in, ofOut, y, places, from, to, part, sums, gradient);
          }
        }
      }
      for (; k < end; k++) {
        one(taps, k, in, ofOut, y, places, from, to, part, sums, gradient);
      }
    }
  }

  /** Four taps, where a place is two vectors. */
  private static void four(
      Taps taps,
      int k,
      float[] in,
      float[] ofOut,
      int row,
      Places places,
      int from,
      int to,
      Part part,
      float[] own,
      float[] gradient) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector b0 = FloatVector.zero(S);
    FloatVector b1 = FloatVector.zero(S);
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = FloatVector.zero(S);
    FloatVector d0 = FloatVector.zero(S);
    FloatVector d1 = FloatVector.zero(S);
    int at = k * LANES;
    float[] kept = part.sums();
    if (!part.first()) {
      a0 = FloatVector.fromArray(S, kept, at);
      a1 = FloatVector.fromArray(S, kept, at + L);
      b0 = FloatVector.fromArray(S, kept, at + LANES);
      b1 = FloatVector.fromArray(S, kept, at + LANES + L);
      c0 = FloatVector.fromArray(S, kept, at + 2 * LANES);
      c1 = FloatVector.fromArray(S, kept, at + 2 * LANES + L);
      d0 = FloatVector.fromArray(S, kept, at + 3 * LANES);
      d1 = FloatVector.fromArray(S, kept, at + 3 * LANES + L);
    }
    int[] offset = taps.offset();
    int oa = offset[k];
    int ob = offset[k + 1];
    int oc = offset[k + 2];
    int od = offset[k + 3];
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
    if (!part.last()) {
      a0.intoArray(kept, at);
      a1.intoArray(kept, at + L);
      b0.intoArray(kept, at + LANES);
      b1.intoArray(kept, at + LANES + L);
      c0.intoArray(kept, at + 2 * LANES);
      c1.intoArray(kept, at + 2 * LANES + L);
      d0.intoArray(kept, at + 3 * LANES);
      d1.intoArray(kept, at + 3 * LANES + L);
      return;
    }
    // lanes i and i + 8
    a0.add(a1).intoArray(own, 0);
    b0.add(b1).intoArray(own, L);
    c0.add(c1).intoArray(own, 2 * L);
    d0.add(d1).intoArray(own, 3 * L);
    LaneTree.four(own, 0, L, gradient, taps.base() + k);
  }

  static void one(
      Taps taps,
      int k,
      float[] in,
      float[] ofOut,
      int row,
      Places places,
      int from,
      int to,
      Part part,
      float[] own,
      float[] gradient) {
    int offset = taps.offset()[k];
    int[] ins = places.in();
    int[] outs = places.out();
    float[] left = part.last() ? own : part.sums();
    int leaves = part.last() ? 0 : k * LANES;
    for (int v = 0; v < LANES; v += L) {
      FloatVector a = FloatVector.zero(S);
      if (!part.first()) {
        a = FloatVector.fromArray(S, part.sums(), k * LANES + v);
      }
      for (int i = from; i < to; i++) {
        FloatVector y = FloatVector.fromArray(S, ofOut, outs[i] + row + v);
        a = FloatVector.fromArray(S, in, ins[i] + offset + v).fma(y, a);
      }
      a.intoArray(left, leaves + v);
    }
    if (part.last()) {
      gradient[taps.base() + k] = ScalarKernels.tree(own, 0);
    }
  }
}
