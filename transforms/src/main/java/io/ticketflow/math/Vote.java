package io.ticketflow.math;

import java.util.BitSet;
import java.util.List;

/** Which entries several masks of one tensor choose together. */
public enum Vote {
  /** What any of them keeps. */
  UNION,
  /** What all of them keep. */
  INTERSECTION,
  /** What more than half of them keep. */
  MAJORITY;

  /**
   * The entries that are chosen.
   *
   * @param masks at least one, all of one size
   */
  public Mask of(List<Mask> masks) {
    int size = masks.get(0).size();
    int least = least(masks.size());
    int[] votes = new int[size];
    for (Mask mask : masks) {
      if (mask.size() != size) {
        throw new IllegalArgumentException(
            "masks of " + size + " and of " + mask.size() + " entries have no vote");
      }
      for (int i = mask.nextKept(0); i >= 0; i = mask.nextKept(i + 1)) {
        votes[i]++;
      }
    }
    BitSet chosen = new BitSet(size);
    for (int i = 0; i < size; i++) {
      chosen.set(i, votes[i] >= least);
    }
    return Mask.of(chosen, size);
  }

  /** Votes that choose an entry. */
  private int least(int voters) {
    return switch (this) {
      case UNION -> 1;
      case INTERSECTION -> voters;
      case MAJORITY -> voters / 2 + 1;
    };
  }
}
