package io.ticketflow.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Which weights of a layer are there, and where they lie in the array of all weights: the kept
 * ones, one behind the other, in the order of the whole tensor.
 *
 * @param base index of the first kept weight
 * @param kept whether each is kept; null = all are
 */
public record WeightMask(int base, boolean @Nullable [] kept) {
  /** Index of each weight in the array of all weights, −1 where it is pruned. */
  int[] places(int size) {
    int[] places = new int[size];
    int next = base;
    for (int i = 0; i < size; i++) {
      places[i] = kept == null || kept[i] ? next++ : -1;
    }
    return places;
  }

  /** How many of so many weights are there. */
  int count(int size) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count += kept == null || kept[i] ? 1 : 0;
    }
    return count;
  }

  /** Whether all weights are there. */
  boolean isFull() {
    return kept == null;
  }
}
