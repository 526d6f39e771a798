package io.ticketflow.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Weights of a layer in which every row has the same taps.
 *
 * @param rows how many there are
 * @param offset of each tap: what it reads, from the place that it is read for, in floats
 * @param weight index of each tap's weight in row 0; null = base + tap
 * @param base index of tap 0's weight in row 0, where a row's weights lie in the taps' order
 * @param weightStep from a row's weight to the next row's
 */
public record Block(int rows, int[] offset, int @Nullable [] weight, int base, int weightStep) {
  /** Rows {@code from … to − 1}. */
  Block rows(int from, int to) {
    int further = from * weightStep;
    int[] moved = weight == null ? null : weight.clone();
    for (int k = 0; moved != null && k < moved.length; k++) {
      moved[k] += further;
    }
    return new Block(to - from, offset, moved, base + further, weightStep);
  }
}
