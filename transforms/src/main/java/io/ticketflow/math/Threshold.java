package io.ticketflow.math;

/**
 * The exact end of a selection: kept are all entries of a greater key, and the first {@code
 * tiesKept} of those whose key equals {@code key}.
 *
 * @param key as {@link Ranking} makes them: 32 bits without sign
 * @param tiesKept at least 0
 */
public record Threshold(int key, long tiesKept) {
  /** The threshold that no entry passes. */
  public static final Threshold NOTHING = new Threshold(-1, 0);

  public Threshold {
    if (tiesKept < 0) {
      throw new IllegalArgumentException("a threshold cannot keep " + tiesKept + " ties");
    }
  }
}
