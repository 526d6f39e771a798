package io.ticketflow.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The lower levels of the tree by which {@link Kernels#gradient} adds up lanes, by vectors of 8.
 */
final class LaneTree {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorMask<Float> UPPER_4 = upper(4);
  private static final VectorMask<Float> UPPER_2 = upper(2);

  private LaneTree() {}

  /** Each lane and the one at that distance change places. */
  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(S, i -> i ^ distance);
  }

  private static VectorMask<Float> upper(int bit) {
    boolean[] lanes = new boolean[S.length()];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = (i & bit) != 0;
    }
    return VectorMask.fromArray(S, lanes, 0);
  }

  /**
   * The sums of four vectors, of which each lane is that of i and i + 8 together.
   *
   * @param lanes of the first vector at {@code at}, of the others {@code step} further on each; the
   *     first is overwritten
   * @param out gets them, from {@code to} on
   */
  static void four(float[] lanes, int at, int step, float[] out, int to) {
    FloatVector a = FloatVector.fromArray(S, lanes, at);
    FloatVector b = FloatVector.fromArray(S, lanes, at + step);
    FloatVector c = FloatVector.fromArray(S, lanes, at + 2 * step);
    FloatVector d = FloatVector.fromArray(S, lanes, at + 3 * step);
    a = a.add(a.rearrange(SWAP_4));
    b = b.add(b.rearrange(SWAP_4));
    c = c.add(c.rearrange(SWAP_4));
    d = d.add(d.rearrange(SWAP_4));
    a = a.blend(b, UPPER_4);
    c = c.blend(d, UPPER_4);
    a = a.add(a.rearrange(SWAP_2));
    c = c.add(c.rearrange(SWAP_2));
    a = a.blend(c, UPPER_2);
    a.add(a.rearrange(SWAP_1)).intoArray(lanes, at);
    out[to] = lanes[at];
    out[to + 1] = lanes[at + 4];
    out[to + 2] = lanes[at + 2];
    out[to + 3] = lanes[at + 6];
  }
}
