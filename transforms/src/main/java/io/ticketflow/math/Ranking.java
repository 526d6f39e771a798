package io.ticketflow.math;

/**
 * What ranks weights for pruning: gives every entry a key of 32 bits, and the largest keys stay.
 * Keys are compared without sign: −1 is the largest of all.
 */
public sealed interface Ranking
    permits MagnitudeRanking, RandomRanking, ScoreRanking, ChosenRanking {
  /** The ranking of one tensor's entries, from its first on. */
  Keys of(String tensor);

  /** Whether a key depends on its entry's value alone, so that any may be asked for at any time. */
  default boolean isByValueAlone() {
    return false;
  }

  /** The keys of one tensor, taken in chunks in ascending order of indices. */
  interface Keys {
    /**
     * Writes a key for each of the next entries, {@code values[from]} to {@code values[to - 1]}, to
     * {@code keys} from its first place on.
     *
     * @param keys with room for {@code to - from}
     * @throws NonFiniteWeightsException naming the tensor, if a value is infinite or not a number
     */
    void next(float[] values, int from, int to, int[] keys);

    /** The same of all of {@code values}, as an array of its own. */
    default int[] next(float[] values) {
      int[] keys = new int[values.length];
      next(values, 0, values.length, keys);
      return keys;
    }
  }
}
