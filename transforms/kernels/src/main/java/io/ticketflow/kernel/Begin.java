package io.ticketflow.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What sums begin with.
 *
 * @param values one a row, from {@code at} on; null = what is there already
 */
public record Begin(float @Nullable [] values, int at) {
  /** With what is there already. */
  public static final Begin THERE = new Begin(null, 0);

  /** Of rows from one on. */
  Begin from(int row) {
    return values == null || row == 0 ? this : new Begin(values, at + row);
  }

  /** With 0. */
  public static Begin zero(int rows) {
    return new Begin(new float[rows], 0);
  }
}
