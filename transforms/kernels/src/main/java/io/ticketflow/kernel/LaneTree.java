package io.ticketflow.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The tree by which {@link Kernels#gradient} adds up lanes, by vectors of 8. */
final class LaneTree {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;
  private static final VectorShuffle<Float> SWAP_4 = Lane.swap(S, 4);
  private static final VectorShuffle<Float> SWAP_2 = Lane.swap(S, 2);
  private static final VectorShuffle<Float> SWAP_1 = Lane.swap(S, 1);
  private static final VectorMask<Float> UPPER_4 = Lane.upper(S, 4);
  private static final VectorMask<Float> UPPER_2 = Lane.upper(S, 2);
  private static final VectorMask<Float> UPPER_1 = Lane.upper(S, 1);

  /** Half of a place. */
  private static final int H = Kernels.LANES / 2;

  private LaneTree() {}

  /**
   * The sums of many places' lanes.
   *
   * @param lanes of place i at {@code at + i} places, up to a multiple of eight; changed
   * @param out gets them, from {@code to} on
   */
  static void many(float[] lanes, int at, float[] out, int to, int count) {
    for (int i = 0; i < count; i += 8) {
      eight(lanes, at + i * Kernels.LANES, out, to + i, Math.min(8, count - i));
    }
  }

  /**
   * The sums of eight places' lanes, each by the tree.
   *
   * @param lanes of place i at {@code at + i} places
   * @param out gets the first {@code count} of them, from {@code to} on
   */
  static void eight(float[] lanes, int at, float[] out, int to, int count) {
    // i and i + 8
    FloatVector a = half(lanes, at).add(half(lanes, at + H));
    FloatVector b = half(lanes, at + 2 * H).add(half(lanes, at + 3 * H));
    FloatVector c = half(lanes, at + 4 * H).add(half(lanes, at + 5 * H));
    FloatVector d = half(lanes, at + 6 * H).add(half(lanes, at + 7 * H));
    FloatVector e = half(lanes, at + 8 * H).add(half(lanes, at + 9 * H));
    FloatVector f = half(lanes, at + 10 * H).add(half(lanes, at + 11 * H));
    FloatVector g = half(lanes, at + 12 * H).add(half(lanes, at + 13 * H));
    FloatVector h = half(lanes, at + 14 * H).add(half(lanes, at + 15 * H));
    // i and i + 4: two places' sums share a vector from here on
    a = a.blend(e, UPPER_4).add(e.blend(a, UPPER_4).rearrange(SWAP_4));
    b = b.blend(f, UPPER_4).add(f.blend(b, UPPER_4).rearrange(SWAP_4));
    c = c.blend(g, UPPER_4).add(g.blend(c, UPPER_4).rearrange(SWAP_4));
    d = d.blend(h, UPPER_4).add(h.blend(d, UPPER_4).rearrange(SWAP_4));
    a = a.blend(c, UPPER_2).add(c.blend(a, UPPER_2).rearrange(SWAP_2));
    b = b.blend(d, UPPER_2).add(d.blend(b, UPPER_2).rearrange(SWAP_2));
    a = a.blend(b, UPPER_1).add(b.blend(a, UPPER_1).rearrange(SWAP_1));
    if (count == H) {
      a.intoArray(out, to);
      return;
    }
    a.intoArray(lanes, at);
    System.arraycopy(lanes, at, out, to, count);
  }

  private static FloatVector half(float[] lanes, int at) {
    return FloatVector.fromArray(S, lanes, at);
  }
}
