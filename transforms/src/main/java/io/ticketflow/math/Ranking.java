package io.ticketflow.math;

/**
 * What ranks weights for pruning: gives every entry a key of 32 bits, and the largest keys stay.
 * Keys are compared without sign: −1 is the largest of all.
 */
public sealed interface Ranking
    permits MagnitudeRanking, RandomRanking, ScoreRanking, ChosenRanking {
  /** The ranking of one tensor's entries, from its first on. */
  Keys of(String tensor);

  /** The keys of one tensor, taken in chunks in ascending order of indices. */
  interface Keys {
    /**
     * A key for each of the next {@code values.length} entries.
     *
     * @throws NonFiniteWeightsException naming the tensor, if a value is infinite or not a number
     */
    int[] next(float[] values);
  }
}
