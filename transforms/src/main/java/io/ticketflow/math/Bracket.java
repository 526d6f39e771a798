package io.ticketflow.math;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Two keys between which a selection is likely to end, told from every {@value #STEP}th entry.
 *
 * <p>Of a sample's n keys so many lie above the sought one as n draws of a coin would give; the
 * bracket is {@value #DEVIATIONS} standard deviations wide on either side. Which keys are kept does
 * not depend on it: where it misses, the selection is made another way.
 *
 * @param low the least key, without sign, of which it is open whether it is kept
 * @param high the greatest such key
 */
record Bracket(int low, int high) {
  /** Below it nothing is gained. */
  private static final int FEWEST = 1 << 20;

  /** A prime, so that no row length of a matrix falls in with it. */
  private static final int STEP = 1021;

  private static final int DEVIATIONS = 5;

  /**
   * The bracket of the {@code kept} largest keys.
   *
   * @return empty if there are few entries, or the ranking cannot be asked out of order
   */
  static Optional<Bracket> of(Ranking ranking, List<Ranked> tensors, long kept) {
    long eligible = tensors.stream().mapToLong(tensor -> tensor.eligible().kept()).sum();
    if (eligible < FEWEST || kept < 1 || kept >= eligible || !ranking.isByValueAlone()) {
      return Optional.empty();
    }
    int[] sample;
    try {
      sample = sample(ranking, tensors);
    } catch (NonFiniteWeightsException e) {
      return Optional.empty(); // another may come before it
    }
    Arrays.sort(sample);
    double share = (double) kept / eligible;
    double above = share * sample.length;
    double margin = DEVIATIONS * (1 + Math.sqrt(above * (1 - share)));
    int first = sample.length - (int) Math.ceil(above + margin);
    int last = sample.length - (int) Math.floor(above - margin);
    return Optional.of(
        new Bracket(
            first < 0 ? 0 : flipped(sample[first]),
            last >= sample.length ? -1 : flipped(sample[last])));
  }

  /** Of eligible entries; flipped, so that the order of ints is that of keys without sign. */
  private static int[] sample(Ranking ranking, List<Ranked> tensors) {
    int entries = tensors.stream().mapToInt(tensor -> tensor.values().length / STEP + 1).sum();
    int[] sample = new int[entries];
    int size = 0;
    int[] one = new int[1];
    for (Ranked tensor : tensors) {
      Ranking.Keys keys = ranking.of(tensor.tensor());
      for (int i = STEP / 2; i < tensor.values().length; i += STEP) {
        if (tensor.eligible().keeps(i)) {
          keys.next(tensor.values(), i, i + 1, one);
          sample[size++] = flipped(one[0]);
        }
      }
    }
    return Arrays.copyOf(sample, size);
  }

  private static int flipped(int key) {
    return key ^ Integer.MIN_VALUE;
  }
}
