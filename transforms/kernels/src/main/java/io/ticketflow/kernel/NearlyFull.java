package io.ticketflow.kernel;

import java.util.stream.IntStream;

/**
 * A layer under a mask that prunes so little that computing with all weights, the pruned ones as 0,
 * takes less time than leaving them out. The results are the same to the bit, as long as all values
 * are finite.
 */
final class NearlyFull {
  /** Share of weights that are kept from which this is so: measured with AVX2 and AVX-512. */
  private static final double LEAST = 0.6;

  /** Index of each kept weight among all; a loop over these has no branch to mispredict. */
  private final int[] kept;

  private final int base;
  private final float[] weights;
  private final float[] gradient;

  private NearlyFull(int[] kept, int base, int size) {
    this.kept = kept;
    this.base = base;
    weights = new float[size];
    gradient = new float[size];
  }

  /** Whether a mask of so many weights is one. */
  static boolean is(WeightMask mask, int size) {
    return !mask.isFull() && mask.count(size) >= LEAST * size;
  }

  static NearlyFull of(WeightMask mask, int size) {
    int[] places = mask.places(size);
    int[] kept = IntStream.range(0, size).filter(i -> places[i] >= 0).toArray();
    return new NearlyFull(kept, mask.base(), size);
  }

  /** All weights, of an array of the kept ones. */
  float[] whole(float[] ofKept) {
    for (int i = 0; i < kept.length; i++) {
      weights[kept[i]] = ofKept[base + i];
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
  void handOver(float[] ofKept) {
    for (int i = 0; i < kept.length; i++) {
      ofKept[base + i] = gradient[kept[i]];
    }
  }
}
