package io.ticketflow.math;

/**
 * Ranks at random, so that what is kept is a uniformly random subset of what could be.
 *
 * <p>Keys are drawn for every entry of a tensor, pruned or not, from the stream (seed,
 * "random-pruning", tensor): one order for all cycles of a run. Two of a tensor's keys are equal
 * with a probability of 2^-31; such ties go by index as any do.
 */
public record RandomRanking(long seed) implements Ranking {
  static final int SIGN_AND_LOW_BITS = 33;

  @Override
  public Keys of(String tensor) {
    KeyedRandom draws = KeyedRandom.of(seed, "random-pruning", tensor);
    return (values, from, to, keys) -> {
      NonFiniteWeightsException.check(tensor, values, from, to);
      for (int i = 0; i < to - from; i++) {
        keys[i] = (int) (draws.nextLong() >>> SIGN_AND_LOW_BITS);
      }
    };
  }
}
