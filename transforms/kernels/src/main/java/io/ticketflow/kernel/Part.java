package io.ticketflow.kernel;

/** A part of a sum over many places: where it stands, and where its lanes lie. One a thread. */
final class Part {
  /** Taps for which there is room in any case. */
  static final int ROOM = 64;

  private boolean first;
  private boolean last;
  private float[] sums = new float[0];
  private int at;

  /**
   * Becomes another part.
   *
   * @param begins whether it begins with 0
   * @param ends whether it ends the sum and gives the gradient
   * @param lanes {@value Kernels#LANES} a tap from an index on, kept between parts; of the whole,
   *     room for {@value #ROOM} taps at least
   */
  Part of(boolean begins, boolean ends, float[] lanes, int from) {
    first = begins;
    last = ends;
    sums = lanes;
    at = from;
    return this;
  }

  boolean first() {
    return first;
  }

  boolean last() {
    return last;
  }

  float[] sums() {
    return sums;
  }

  int at() {
    return at;
  }

  boolean isWhole() {
    return first && last;
  }
}
