package io.ticketflow.math;

import java.util.Map;

/**
 * Ranks chosen entries above all others, and within both by absolute value, as {@link
 * MagnitudeRanking} does.
 *
 * @param chosen by tensor
 */
public record ChosenRanking(Map<String, Mask> chosen) implements Ranking {
  /** The highest bit of a key, which no magnitude has. */
  private static final int FIRST = Integer.MIN_VALUE;

  public ChosenRanking {
    chosen = Map.copyOf(chosen);
  }

  @Override
  public Keys of(String tensor) {
    Mask first = chosen.get(tensor);
    if (first == null) {
      throw new IllegalArgumentException("nothing is chosen of tensor " + tensor);
    }
    Keys sizes = new MagnitudeRanking().of(tensor);
    int[] next = {0};
    return (values, from, to, keys) -> {
      sizes.next(values, from, to, keys);
      for (int i = 0; i < to - from; i++) {
        keys[i] |= first.keeps(next[0]++) ? FIRST : 0;
      }
    };
  }
}
