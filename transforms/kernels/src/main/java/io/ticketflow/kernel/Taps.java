package io.ticketflow.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Kept weights of a layer, row by row, as a compressed sparse row matrix has them.
 *
 * @param start the first tap of each row, and behind the last row its end
 * @param offset of each tap: what it reads, from the place that it is read for, in floats
 * @param weight index of each tap's weight in the network; null = they lie in the taps' order
 * @param base index of tap 0's weight, in an array where they lie in the taps' order
 * @param alike whether every row has the same taps
 */
public record Taps(int[] start, int[] offset, int @Nullable [] weight, int base, boolean alike) {
  /** How many rows there are. */
  public int rows() {
    return start.length - 1;
  }

  /** Those of rows {@code from … to − 1}. */
  Taps rows(int from, int to) {
    int first = start[from];
    int end = start[to];
    int[] some = new int[to - from + 1];
    for (int row = 0; row < some.length; row++) {
      some[row] = start[from + row] - first;
    }
    return new Taps(
        some,
        Arrays.copyOfRange(offset, first, end),
        weight == null ? null : Arrays.copyOfRange(weight, first, end),
        weight == null ? base + first : base,
        alike);
  }
}
