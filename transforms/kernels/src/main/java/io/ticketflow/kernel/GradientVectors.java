package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;

import io.ticketflow.kernel.Kernels.Part;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** {@link Kernels#gradient} by vectors: four taps of a row share what is read of its output. */
final class GradientVectors {
  private static final VectorSpecies<Float> S = VectorWidth.species();
  private static final int L = S.length();

  /** Taps of which what they read fits the first cache together. */
  private static final int CHUNK = 32;

  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorMask<Float> UPPER_4 = upper(4);
  private static final VectorMask<Float> UPPER_2 = upper(2);

  private GradientVectors() {}

  /** Lane i becomes lane i ± distance of its pair; where a vector is too short, itself. */
  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(S, i -> distance < L ? i ^ distance : i);
  }

  private static VectorMask<Float> upper(int bit) {
    boolean[] lanes = new boolean[L];
    for (int i = 0; i < L; i++) {
      lanes[i] = (i & bit) != 0;
    }
    return VectorMask.fromArray(S, lanes, 0);
  }

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
      pairs(taps, row, in, ofOut, places, from, to, part, gradient);
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

  /** Pairs of rows that have the same taps, over few of the taps at a time. */
  private static void pairs(
      Taps taps,
      int rows,
      float[] in,
      float[] ofOut,
      Places places,
      int from,
      int to,
      Part part,
      float[] gradient) {
    float[] own = new float[4 * LANES];
    int each = taps.start()[1];
    int whole = each / 4 * 4;
    for (int chunk = 0; chunk < whole; chunk += CHUNK) {
      int end = Math.min(whole, chunk + CHUNK);
      for (int row = 0; row < rows; row += 2) {
        for (int k = chunk; k < end; k += 4) {
          pair(taps, row, k, each, in, ofOut, places, from, to, part, own, gradient);
        }
      }
    }
    for (int row = 0; row < rows; row++) {
      for (int k = row * each + whole; k < (row + 1) * each; k++) {
        int y = row * places.rowStep();
        one(taps, k, in, ofOut, y, places, from, to, part, own, gradient);
      }
    }
  }

  /** Four taps of two rows: first the lower lanes of all places, then the upper ones. */
  private static void pair(
      Taps taps,
      int row,
      int tap,
      int each,
      float[] in,
      float[] ofOut,
      Places places,
      int from,
      int to,
      Part part,
      float[] own,
      float[] gradient) {
    int[] offset = taps.offset();
    float[] kept = part.sums();
    int upper = (row * each + tap) * LANES;
    int lower = ((row + 1) * each + tap) * LANES;
    int[] ins = places.in();
    int[] outs = places.out();
    int step = places.rowStep();
    for (int v = 0; v < LANES; v += L) {
      int oa = offset[tap] + v;
      int ob = offset[tap + 1] + v;
      int oc = offset[tap + 2] + v;
      int od = offset[tap + 3] + v;
      int first = row * step + v;
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
        a1.intoArray(kept, lower + v);
        b0.intoArray(kept, upper + v + LANES);
        b1.intoArray(kept, lower + v + LANES);
        c0.intoArray(kept, upper + v + 2 * LANES);
        c1.intoArray(kept, lower + v + 2 * LANES);
        d0.intoArray(kept, upper + v + 3 * LANES);
        d1.intoArray(kept, lower + v + 3 * LANES);
        continue;
      }
      if (v > 0) {
        // lanes i and i + 8
        a0 = FloatVector.fromArray(S, own, 0).add(a0);
        a1 = FloatVector.fromArray(S, own, L).add(a1);
        b0 = FloatVector.fromArray(S, own, 2 * L).add(b0);
        b1 = FloatVector.fromArray(S, own, 3 * L).add(b1);
        c0 = FloatVector.fromArray(S, own, 4 * L).add(c0);
        c1 = FloatVector.fromArray(S, own, 5 * L).add(c1);
        d0 = FloatVector.fromArray(S, own, 6 * L).add(d0);
        d1 = FloatVector.fromArray(S, own, 7 * L).add(d1);
      }
      a0.intoArray(own, 0);
      a1.intoArray(own, L);
      b0.intoArray(own, 2 * L);
      b1.intoArray(own, 3 * L);
      c0.intoArray(own, 4 * L);
      c1.intoArray(own, 5 * L);
      d0.intoArray(own, 6 * L);
      d1.intoArray(own, 7 * L);
    }
    if (!part.last()) {
      return;
    }
    int base = taps.base() + row * each + tap;
    four(own, 0, gradient, base);
    four(own, L, gradient, base + each);
  }

  /** The sums of four vectors whose lanes are those of i and i + 8 together. */
  private static void four(float[] own, int at, float[] gradient, int to) {
    FloatVector a = FloatVector.fromArray(S, own, at);
    FloatVector b = FloatVector.fromArray(S, own, at + 2 * L);
    FloatVector c = FloatVector.fromArray(S, own, at + 4 * L);
    FloatVector d = FloatVector.fromArray(S, own, at + 6 * L);
    a = a.add(a.rearrange(SWAP_4));
    b = b.add(b.rearrange(SWAP_4));
    c = c.add(c.rearrange(SWAP_4));
    d = d.add(d.rearrange(SWAP_4));
    a = a.blend(b, UPPER_4);
    c = c.blend(d, UPPER_4);
    a = a.add(a.rearrange(SWAP_2));
    c = c.add(c.rearrange(SWAP_2));
    a = a.blend(c, UPPER_2);
    a.add(a.rearrange(SWAP_1)).intoArray(own, at);
    gradient[to] = own[at];
    gradient[to + 1] = own[at + 4];
    gradient[to + 2] = own[at + 2];
    gradient[to + 3] = own[at + 6];
  }

  private static int index(Taps taps, int k) {
    return taps.weight() == null ? taps.base() + k : taps.weight()[k];
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
    // lanes i and i + 8, then i and i + 4, i + 2, i + 1
    FloatVector a = a0.add(a1);
    FloatVector b = b0.add(b1);
    FloatVector c = c0.add(c1);
    FloatVector d = d0.add(d1);
    a = a.add(a.rearrange(SWAP_4));
    b = b.add(b.rearrange(SWAP_4));
    c = c.add(c.rearrange(SWAP_4));
    d = d.add(d.rearrange(SWAP_4));
    a = a.blend(b, UPPER_4);
    c = c.blend(d, UPPER_4);
    a = a.add(a.rearrange(SWAP_2));
    c = c.add(c.rearrange(SWAP_2));
    a = a.blend(c, UPPER_2);
    a.add(a.rearrange(SWAP_1)).intoArray(own, 0);
    gradient[index(taps, k)] = own[0];
    gradient[index(taps, k + 1)] = own[4];
    gradient[index(taps, k + 2)] = own[2];
    gradient[index(taps, k + 3)] = own[6];
  }

  private static void one(
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
      gradient[index(taps, k)] = ScalarKernels.tree(own, 0);
    }
  }
}
