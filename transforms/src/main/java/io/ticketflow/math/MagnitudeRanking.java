package io.ticketflow.math;

/**
 * Ranks by absolute value: the bits of a float that is not negative, read as an integer, ascend
 * with it, subnormals included. +0 and −0 are tied.
 */
public record MagnitudeRanking() implements Ranking {
  @Override
  public Keys of(String tensor) {
    return values -> {
      int[] keys = new int[values.length];
      for (int i = 0; i < values.length; i++) {
        keys[i] = Float.floatToRawIntBits(Math.abs(values[i]));
        if (keys[i] >= NonFiniteWeightsException.FIRST_NON_FINITE) {
          throw new NonFiniteWeightsException(tensor, values[i]);
        }
      }
      return keys;
    };
  }
}
