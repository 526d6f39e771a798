package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link LaneTree} by vectors of 16. A class of its own, as C2 compiles vectors badly in a JVM that
 * has seen two widths of them.
 */
final class WideLaneTree {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
  private static final VectorShuffle<Float> SWAP_8 = Lane.swap(S, 8);
  private static final VectorShuffle<Float> SWAP_4 = Lane.swap(S, 4);
  private static final VectorShuffle<Float> SWAP_2 = Lane.swap(S, 2);
  private static final VectorShuffle<Float> SWAP_1 = Lane.swap(S, 1);
  private static final VectorMask<Float> UPPER_8 = Lane.upper(S, 8);
  private static final VectorMask<Float> UPPER_4 = Lane.upper(S, 4);
  private static final VectorMask<Float> UPPER_2 = Lane.upper(S, 2);

  /** The even lanes, twice. */
  private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(S, i -> 2 * i % S.length());

  private WideLaneTree() {}

  /**
   * Of many places, sixteen at a time, as {@link LaneTree#many}. Written out for each eight of
   * them: the compiler puts vectors that a method gives on the heap.
   */
  static void many(float[] lanes, int at, float[] out, int to, int count) {
    int i = 0;
    for (; i + 16 <= count; i += 16) {
      int from = at + i * LANES;
      FloatVector a = FloatVector.fromArray(S, lanes, from);
      FloatVector b = FloatVector.fromArray(S, lanes, from + LANES);
      FloatVector c = FloatVector.fromArray(S, lanes, from + 2 * LANES);
      FloatVector d = FloatVector.fromArray(S, lanes, from + 3 * LANES);
      FloatVector e = FloatVector.fromArray(S, lanes, from + 4 * LANES);
      FloatVector f = FloatVector.fromArray(S, lanes, from + 5 * LANES);
      FloatVector g = FloatVector.fromArray(S, lanes, from + 6 * LANES);
      FloatVector h = FloatVector.fromArray(S, lanes, from + 7 * LANES);
      a = a.blend(e, UPPER_8).add(e.blend(a, UPPER_8).rearrange(SWAP_8));
      b = b.blend(f, UPPER_8).add(f.blend(b, UPPER_8).rearrange(SWAP_8));
      c = c.blend(g, UPPER_8).add(g.blend(c, UPPER_8).rearrange(SWAP_8));
      d = d.blend(h, UPPER_8).add(h.blend(d, UPPER_8).rearrange(SWAP_8));
      a = a.blend(c, UPPER_4).add(c.blend(a, UPPER_4).rearrange(SWAP_4));
      b = b.blend(d, UPPER_4).add(d.blend(b, UPPER_4).rearrange(SWAP_4));
      a = a.blend(b, UPPER_2).add(b.blend(a, UPPER_2).rearrange(SWAP_2));
      a = a.add(a.rearrange(SWAP_1)).rearrange(EVEN);
      FloatVector k = FloatVector.fromArray(S, lanes, from + 8 * LANES);
      FloatVector l = FloatVector.fromArray(S, lanes, from + 9 * LANES);
      FloatVector m = FloatVector.fromArray(S, lanes, from + 10 * LANES);
      FloatVector n = FloatVector.fromArray(S, lanes, from + 11 * LANES);
      FloatVector o = FloatVector.fromArray(S, lanes, from + 12 * LANES);
      FloatVector p = FloatVector.fromArray(S, lanes, from + 13 * LANES);
      FloatVector q = FloatVector.fromArray(S, lanes, from + 14 * LANES);
      FloatVector r = FloatVector.fromArray(S, lanes, from + 15 * LANES);
      k = k.blend(o, UPPER_8).add(o.blend(k, UPPER_8).rearrange(SWAP_8));
      l = l.blend(p, UPPER_8).add(p.blend(l, UPPER_8).rearrange(SWAP_8));
      m = m.blend(q, UPPER_8).add(q.blend(m, UPPER_8).rearrange(SWAP_8));
      n = n.blend(r, UPPER_8).add(r.blend(n, UPPER_8).rearrange(SWAP_8));
      k = k.blend(m, UPPER_4).add(m.blend(k, UPPER_4).rearrange(SWAP_4));
      l = l.blend(n, UPPER_4).add(n.blend(l, UPPER_4).rearrange(SWAP_4));
      k = k.blend(l, UPPER_2).add(l.blend(k, UPPER_2).rearrange(SWAP_2));
      k = k.add(k.rearrange(SWAP_1)).rearrange(EVEN);
      a.blend(k, UPPER_8).intoArray(out, to + i);
    }
    for (; i < count; i += 8) {
      eight(lanes, at + i * LANES, out, to + i, Math.min(8, count - i));
    }
  }

  /** As {@link LaneTree#eight}. */
  static void eight(float[] lanes, int at, float[] out, int to, int count) {
    FloatVector a = FloatVector.fromArray(S, lanes, at);
    FloatVector b = FloatVector.fromArray(S, lanes, at + LANES);
    FloatVector c = FloatVector.fromArray(S, lanes, at + 2 * LANES);
    FloatVector d = FloatVector.fromArray(S, lanes, at + 3 * LANES);
    FloatVector e = FloatVector.fromArray(S, lanes, at + 4 * LANES);
    FloatVector f = FloatVector.fromArray(S, lanes, at + 5 * LANES);
    FloatVector g = FloatVector.fromArray(S, lanes, at + 6 * LANES);
    FloatVector h = FloatVector.fromArray(S, lanes, at + 7 * LANES);
    // each level halves what a place has left of lanes, and lets two places share a vector
    a = a.blend(e, UPPER_8).add(e.blend(a, UPPER_8).rearrange(SWAP_8));
    b = b.blend(f, UPPER_8).add(f.blend(b, UPPER_8).rearrange(SWAP_8));
    c = c.blend(g, UPPER_8).add(g.blend(c, UPPER_8).rearrange(SWAP_8));
    d = d.blend(h, UPPER_8).add(h.blend(d, UPPER_8).rearrange(SWAP_8));
    a = a.blend(c, UPPER_4).add(c.blend(a, UPPER_4).rearrange(SWAP_4));
    b = b.blend(d, UPPER_4).add(d.blend(b, UPPER_4).rearrange(SWAP_4));
    a = a.blend(b, UPPER_2).add(b.blend(a, UPPER_2).rearrange(SWAP_2));
    a.add(a.rearrange(SWAP_1)).intoArray(lanes, at);
    for (int i = 0; i < count; i++) {
      out[to + i] = lanes[at + 2 * i];
    }
  }
}
