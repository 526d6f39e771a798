package io.ticketflow.kernel;

/**
 * A part of a sum over many places.
 *
 * @param first whether it begins with 0
 * @param last whether it ends the sum and gives the gradient
 * @param sums {@value Kernels#LANES} a tap from {@code at} on, kept between parts; of the whole,
 *     room for {@value #ROOM} taps at least
 */
record Part(boolean first, boolean last, float[] sums, int at) {
  /** Taps for which there is room in any case. */
  static final int ROOM = 64;

  boolean isWhole() {
    return first && last;
  }
}
