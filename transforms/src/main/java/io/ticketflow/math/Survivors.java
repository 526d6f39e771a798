package io.ticketflow.math;

/**
 * The mask of the entries that pass a threshold, chunk by chunk. Feed it the chunks in order (of
 * tensors, then of indices): of the entries tied at the threshold the first are kept.
 */
public final class Survivors {
  private final int key;
  private long tiesLeft;

  /** Those of that threshold. */
  public Survivors(Threshold threshold) {
    this.key = threshold.key();
    this.tiesLeft = threshold.tiesKept();
  }

  /** The eligible entries of the next chunk that are kept; a subset of {@code eligible}. */
  public Mask next(int[] keys, Mask eligible) {
    long[] kept = Mask.words(eligible.size());
    // Flipped, so that unsigned order becomes the order of ints.
    int limit = key ^ Integer.MIN_VALUE;
    for (int word = 0; word < kept.length; word++) {
      int end = Math.min(eligible.size(), (word + 1) * Long.SIZE);
      long bits = 0;
      for (int i = word * Long.SIZE; i < end; i++) {
        int at = keys[i] ^ Integer.MIN_VALUE;
        // 1 where at > limit. No branch: which keys are large follows no pattern.
        bits |= (((long) limit - at) >>> 63) << i;
        if (at == limit && tiesLeft > 0 && eligible.keeps(i)) {
          tiesLeft--;
          bits |= 1L << i;
        }
      }
      kept[word] = bits;
    }
    return Mask.ofWords(kept, eligible.size()).and(eligible);
  }
}
