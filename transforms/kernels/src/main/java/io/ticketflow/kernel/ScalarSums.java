package io.ticketflow.kernel;

import org.jspecify.annotations.Nullable;

/** Sums of a few lanes, which stay in registers. */
final class ScalarSums {
  /** As many as fit. */
  static final int LANES = 8;

  private ScalarSums() {}

  /**
   * Adds the products of taps {@code from … end − 1}.
   *
   * @param index of each tap's weight, less {@code base}; null = the tap's number
   * @param offset of what each tap reads, less {@code x}
   */
  static void add(
      int @Nullable [] index,
      int base,
      int[] offset,
      int from,
      int end,
      float[] weights,
      float[] in,
      int x,
      float[] out,
      int to) {
    float s0 = out[to];
    float s1 = out[to + 1];
    float s2 = out[to + 2];
    float s3 = out[to + 3];
    float s4 = out[to + 4];
    float s5 = out[to + 5];
    float s6 = out[to + 6];
    float s7 = out[to + 7];
    for (int k = from; k < end; k++) {
      float weight = weights[base + (index == null ? k : index[k])];
      int at = x + offset[k];
      s0 = Math.fma(in[at], weight, s0);
      s1 = Math.fma(in[at + 1], weight, s1);
      s2 = Math.fma(in[at + 2], weight, s2);
      s3 = Math.fma(in[at + 3], weight, s3);
      s4 = Math.fma(in[at + 4], weight, s4);
      s5 = Math.fma(in[at + 5], weight, s5);
      s6 = Math.fma(in[at + 6], weight, s6);
      s7 = Math.fma(in[at + 7], weight, s7);
    }
    out[to] = s0;
    out[to + 1] = s1;
    out[to + 2] = s2;
    out[to + 3] = s3;
    out[to + 4] = s4;
    out[to + 5] = s5;
    out[to + 6] = s6;
    out[to + 7] = s7;
  }
}
