package io.ticketflow.math;

/**
 * The exact end of a selection: kept are all entries of a greater key, and the first {@code
 * tiesKept} of those whose key equals {@code key}.
 *
 * @param key as {@link Ranking} makes them, at least 0
 * @param tiesKept at least 0
 */
public record Threshold(int key, long tiesKept) {
  /** The threshold that no entry passes. */
  public static final Threshold NOTHING = new Threshold(Integer.MAX_VALUE, 0);

  public Threshold {
    if (key < 0 || tiesKept < 0) {
      throw new IllegalArgumentException("no threshold: key " + key + ", ties " + tiesKept);
    }
  }
}
