package io.ticketflow.math;

/**
 * Ranks by scores that have a sign: the key ascends with the float, from the most negative to the
 * largest, subnormals included. +0 and −0 are tied.
 */
public record ScoreRanking() implements Ranking {
  @Override
  public Keys of(String tensor) {
    return (scores, from, to, keys) -> {
      for (int i = from; i < to; i++) {
        if (!Float.isFinite(scores[i])) {
          throw NonFiniteWeightsException.ofScore(tensor, scores[i]);
        }
        // −0 + 0 is +0.
        keys[i - from] = ascending(Float.floatToRawIntBits(scores[i] + 0f));
      }
    };
  }

  @Override
  public boolean isByValueAlone() {
    return true;
  }

  /** Bits of floats ascend without their sign: turned round for negative ones, above those else. */
  private static int ascending(int bits) {
    return bits < 0 ? ~bits : bits | Integer.MIN_VALUE;
  }
}
