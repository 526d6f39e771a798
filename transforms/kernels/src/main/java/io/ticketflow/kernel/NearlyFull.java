package io.ticketflow.kernel;

/**
 * A layer under a mask that prunes so little that computing with all weights, the pruned ones as 0,
 * takes less time than leaving them out. The results are the same to the bit, as long as all values
 * are finite.
 */
final class NearlyFull {
  /** Share of weights that are kept from which this is so: measured with AVX2 and AVX-512. */
  private static final double LEAST = 0.6;

  private final int[] places;
  private final float[] weights;
  private final float[] gradient;

  private NearlyFull(int[] places) {
    this.places = places;
    weights = new float[places.length];
    gradient = new float[places.length];
  }

  /** Whether a mask of so many weights is one. */
  static boolean is(WeightMask mask, int size) {
    return !mask.isFull() && mask.count(size) >= LEAST * size;
  }

  static NearlyFull of(WeightMask mask, int size) {
    return new NearlyFull(mask.places(size));
  }

  /** All weights, of an array of the kept ones. */
  float[] whole(float[] kept) {
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= 0) {
        weights[i] = kept[places[i]];
      }
    }
    return weights;
  }

  /** All weights, as they were last. */
  float[] whole() {
    return weights;
  }

  /** Where the gradient in all weights goes. */
  float[] gradient() {
    return gradient;
  }

  /** Hands over the gradient in the kept ones. */
  void handOver(float[] keptGradient) {
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= 0) {
        keptGradient[places[i]] = gradient[i];
      }
    }
  }
}
