package io.ticketflow.kernel;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** How lanes of a vector are paired, level by level of the tree that adds them up. */
final class Lane {
  private Lane() {}

  /** Each lane and the one at that distance change places. */
  static VectorShuffle<Float> swap(VectorSpecies<Float> species, int distance) {
    return VectorShuffle.fromOp(species, i -> i ^ distance);
  }

  static VectorMask<Float> upper(VectorSpecies<Float> species, int bit) {
    boolean[] lanes = new boolean[species.length()];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = (i & bit) != 0;
    }
    return VectorMask.fromArray(species, lanes, 0);
  }
}
