package io.ticketflow.math;

import java.util.Arrays;
import java.util.Optional;

/**
 * The exact {@link Threshold} that keeps the k largest keys of a stream too long to hold, from two
 * visits of the stream and 65,536 counters (512 KiB).
 *
 * <p>The first visit counts keys by their high 16 bits, which finds the bucket that the k-th
 * largest is in; the second counts the keys of that bucket by their low 16 bits. Call {@link
 * #count} with every chunk, {@link #endVisit}, once more {@link #count} with the same chunks and
 * {@link #endVisit}; then {@link #threshold} is there. The order of the chunks does not matter
 * here, only to {@link Survivors}.
 */
public final class ThresholdSearch {
  /** Visits of the stream that a search takes. */
  public static final int VISITS = 2;

  private static final int LOW_BITS = 16;
  private static final int LOW_MASK = (1 << LOW_BITS) - 1;

  private final long kept;
  private final long[] counts = new long[1 << LOW_BITS];
  private int visit;
  private int bucket;

  /** How many of the bucket's largest are still to be kept. */
  private long rest;

  private Optional<Threshold> found = Optional.empty();

  /**
   * A search for the threshold that keeps {@code kept} entries.
   *
   * @param kept at least 0
   */
  public ThresholdSearch(long kept) {
    if (kept < 0) {
      throw new IllegalArgumentException("cannot keep " + kept + " entries");
    }
    this.kept = kept;
  }

  /** Counts the keys of those entries that {@code eligible} keeps; others never count. */
  public void count(int[] keys, Mask eligible) {
    int size = eligible.size();
    if (eligible.kept() == size) {
      if (visit == 0) {
        countHigh(keys, size);
      } else {
        countLow(keys, size);
      }
      return;
    }
    for (int i = eligible.nextKept(0); i >= 0; i = eligible.nextKept(i + 1)) {
      int high = keys[i] >>> LOW_BITS;
      if (visit == 0) {
        counts[high]++;
      } else if (high == bucket) {
        counts[keys[i] & LOW_MASK]++;
      }
    }
  }

  private void countHigh(int[] keys, int size) {
    for (int i = 0; i < size; i++) {
      counts[keys[i] >>> LOW_BITS]++;
    }
  }

  private void countLow(int[] keys, int size) {
    for (int i = 0; i < size; i++) {
      if (keys[i] >>> LOW_BITS == bucket) {
        counts[keys[i] & LOW_MASK]++;
      }
    }
  }

  /**
   * Ends a visit of the stream.
   *
   * @throws IllegalArgumentException if fewer entries were counted than shall be kept
   */
  public void endVisit() {
    if (visit >= VISITS) {
      throw new IllegalStateException("the search took its two visits");
    }
    if (kept == 0) {
      found = Optional.of(Threshold.NOTHING);
    } else if (visit == 0) {
      rest = kept;
      bucket = descend();
      Arrays.fill(counts, 0);
    } else {
      int low = descend();
      found = Optional.of(new Threshold(bucket << LOW_BITS | low, rest));
    }
    visit++;
  }

  /** Goes from the largest down to the counter that holds the last one kept. */
  private int descend() {
    for (int i = counts.length - 1; i >= 0; i--) {
      if (counts[i] >= rest) {
        return i;
      }
      rest -= counts[i];
    }
    throw new IllegalArgumentException(
        "cannot keep " + kept + " entries: there are " + rest + " fewer");
  }

  /** What was searched for; after two visits. */
  public Threshold threshold() {
    return found.orElseThrow(() -> new IllegalStateException("the search takes two visits"));
  }
}
