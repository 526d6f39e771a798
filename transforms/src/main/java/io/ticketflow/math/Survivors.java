package io.ticketflow.math;

import java.util.BitSet;

/**
 * The mask of the entries that pass a threshold, chunk by chunk. Feed it the chunks in order (of
 * tensors, then of indices): of the entries tied at the threshold the first are kept.
 */
public final class Survivors {
  private final int key;
  private long tiesLeft;

  public Survivors(Threshold threshold) {
    this.key = threshold.key();
    this.tiesLeft = threshold.tiesKept();
  }

  /** The eligible entries of the next chunk that are kept; a subset of {@code eligible}. */
  public Mask next(int[] keys, Mask eligible) {
    BitSet kept = new BitSet(eligible.size());
    for (int i = 0; i < eligible.size(); i++) {
      int order = Integer.compareUnsigned(keys[i], key);
      if (order < 0 || !eligible.keeps(i)) {
        continue;
      }
      if (order > 0) {
        kept.set(i);
      } else if (tiesLeft > 0) {
        tiesLeft--;
        kept.set(i);
      }
    }
    return Mask.of(kept, eligible.size());
  }
}
