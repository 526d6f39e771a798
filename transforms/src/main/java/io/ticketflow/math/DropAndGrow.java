package io.ticketflow.math;

/**
 * One change of a sparse layer's mask that keeps its count: Evci et al., "Rigging the Lottery"
 * (ICML 2020), algorithm 1; Mocanu et al. (2018), algorithm 2, with random growth.
 *
 * <p>The entries kept whose magnitudes are smallest are dropped, and as many are grown: those of
 * the largest growth keys among all that are not kept after the drop. An entry just dropped can
 * thus be grown again; it starts anew like any other. Ties: of equal magnitudes the last index
 * drops first, of equal growth keys the first index grows.
 *
 * @param mask after the change; keeps as many as before
 * @param survivors the entries that were kept and not dropped: all other weights, and their
 *     moments, are 0 from here on
 */
public record DropAndGrow(Mask mask, Mask survivors) {
  /**
   * Drops and grows so many entries.
   *
   * @param magnitudes one key an entry, compared without sign
   * @param growth one key an entry, compared without sign
   * @param count from 0 to what the mask keeps
   */
  public static DropAndGrow of(int[] magnitudes, int[] growth, Mask mask, long count) {
    Mask survivors = LargestKeys.of(magnitudes, mask, mask.kept() - count);
    Mask grown = LargestKeys.of(growth, survivors.complement(), count);
    return new DropAndGrow(survivors.or(grown), survivors);
  }

  /** Growth keys for a uniformly random choice; two are equal with a probability of 2^-31. */
  public static int[] randomKeys(KeyedRandom draws, int size) {
    int[] keys = new int[size];
    for (int i = 0; i < size; i++) {
      keys[i] = (int) (draws.nextLong() >>> RandomRanking.SIGN_AND_LOW_BITS);
    }
    return keys;
  }
}
