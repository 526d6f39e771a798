package io.ticketflow.math;

/**
 * Ranks by absolute value: the bits of a float that is not negative, read as an integer, ascend
 * with it, subnormals included. +0 and −0 are tied.
 */
public record MagnitudeRanking() implements Ranking {
  @Override
  public Keys of(String tensor) {
    return (values, from, to, keys) -> {
      int largest = 0;
      for (int i = from; i < to; i++) {
        int key = Float.floatToRawIntBits(values[i]) & Integer.MAX_VALUE;
        keys[i - from] = key;
        largest = Math.max(largest, key);
      }
      // Afterwards and once: a branch an entry takes longer than all else here.
      if (largest >= NonFiniteWeightsException.FIRST_NON_FINITE) {
        NonFiniteWeightsException.check(tensor, values, from, to);
      }
    };
  }

  @Override
  public boolean isByValueAlone() {
    return true;
  }
}
