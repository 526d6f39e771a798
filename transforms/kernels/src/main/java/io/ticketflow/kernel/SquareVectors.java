package io.ticketflow.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * {@link Kernels#dense} by vectors of a place each: a tile is four rows of four places, as a
 * processor with such vectors has registers for sixteen sums and what they are made of.
 */
final class SquareVectors {
  /** Rows and places of a tile. */
  static final int PLACES = 4;

  private static final VectorSpecies<Float> S = VectorWidth.species();

  private SquareVectors() {}

  /**
   * All whole tiles of a line.
   *
   * @param rows the first so many, a multiple of four
   */
  static void add(
      Block block,
      int rows,
      int from,
      int end,
      float[] weights,
      Begin begin,
      float[] in,
      int read,
      float[] out,
      int write,
      Line line) {
    int inStep = line.inStep();
    int outStep = line.outStep();
    int rowStep = line.rowStep();
    int step = block.weightStep();
    int[] order = block.weight();
    for (int i = 0; i + PLACES <= line.places(); i += PLACES) {
      int x = read + line.in() + i * inStep;
      int to = write + line.out() + i * outStep;
      for (int row = 0; row < rows; row += PLACES) {
        int at = to + row * rowStep;
        float[] begins = begin.values();
        if (begins != null) {
          fill(begins, begin.at() + row, out, at, outStep, rowStep);
        }
        int w = row * step + (order == null ? block.base() : 0);
        int[] offset = block.offset();
        tile(offset, order, w, step, from, end, weights, in, x, inStep, out, at, outStep, rowStep);
      }
    }
  }

  private static void fill(
      float[] begins, int first, float[] out, int to, int outStep, int rowStep) {
    for (int row = 0; row < PLACES; row++) {
      FloatVector all = FloatVector.broadcast(S, begins[first + row]);
      int at = to + row * rowStep;
      all.intoArray(out, at);
      all.intoArray(out, at + outStep);
      all.intoArray(out, at + 2 * outStep);
      all.intoArray(out, at + 3 * outStep);
    }
  }

  /** One that goes on with what is there. */
  private static void tile(
      int[] offset,
      int @Nullable [] weight,
      int base,
      int step,
      int from,
      int end,
      float[] weights,
      float[] in,
      int read,
      int inStep,
      float[] out,
      int to,
      int outStep,
      int rowStep) {
    FloatVector a0 = FloatVector.fromArray(S, out, to);
    FloatVector a1 = FloatVector.fromArray(S, out, to + outStep);
    FloatVector a2 = FloatVector.fromArray(S, out, to + 2 * outStep);
    FloatVector a3 = FloatVector.fromArray(S, out, to + 3 * outStep);
    FloatVector b0 = FloatVector.fromArray(S, out, to + rowStep);
    FloatVector b1 = FloatVector.fromArray(S, out, to + rowStep + outStep);
    FloatVector b2 = FloatVector.fromArray(S, out, to + rowStep + 2 * outStep);
    FloatVector b3 = FloatVector.fromArray(S, out, to + rowStep + 3 * outStep);
    FloatVector c0 = FloatVector.fromArray(S, out, to + 2 * rowStep);
    FloatVector c1 = FloatVector.fromArray(S, out, to + 2 * rowStep + outStep);
    FloatVector c2 = FloatVector.fromArray(S, out, to + 2 * rowStep + 2 * outStep);
    FloatVector c3 = FloatVector.fromArray(S, out, to + 2 * rowStep + 3 * outStep);
    FloatVector d0 = FloatVector.fromArray(S, out, to + 3 * rowStep);
    FloatVector d1 = FloatVector.fromArray(S, out, to + 3 * rowStep + outStep);
    FloatVector d2 = FloatVector.fromArray(S, out, to + 3 * rowStep + 2 * outStep);
    FloatVector d3 = FloatVector.fromArray(S, out, to + 3 * rowStep + 3 * outStep);
    for (int k = from; k < end; k++) {
      int at = read + offset[k];
      int w = base + (weight == null ? k : weight[k]);
      FloatVector x0 = FloatVector.fromArray(S, in, at);
      FloatVector x1 = FloatVector.fromArray(S, in, at + inStep);
      FloatVector x2 = FloatVector.fromArray(S, in, at + 2 * inStep);
      FloatVector x3 = FloatVector.fromArray(S, in, at + 3 * inStep);
      FloatVector wa = FloatVector.broadcast(S, weights[w]);
      a0 = x0.fma(wa, a0);
      a1 = x1.fma(wa, a1);
      a2 = x2.fma(wa, a2);
      a3 = x3.fma(wa, a3);
      FloatVector wb = FloatVector.broadcast(S, weights[w + step]);
      b0 = x0.fma(wb, b0);
      b1 = x1.fma(wb, b1);
      b2 = x2.fma(wb, b2);
      b3 = x3.fma(wb, b3);
      FloatVector wc = FloatVector.broadcast(S, weights[w + 2 * step]);
      c0 = x0.fma(wc, c0);
      c1 = x1.fma(wc, c1);
      c2 = x2.fma(wc, c2);
      c3 = x3.fma(wc, c3);
      FloatVector wd = FloatVector.broadcast(S, weights[w + 3 * step]);
      d0 = x0.fma(wd, d0);
      d1 = x1.fma(wd, d1);
      d2 = x2.fma(wd, d2);
      d3 = x3.fma(wd, d3);
    }
    a0.intoArray(out, to);
    a1.intoArray(out, to + outStep);
    a2.intoArray(out, to + 2 * outStep);
    a3.intoArray(out, to + 3 * outStep);
    b0.intoArray(out, to + rowStep);
    b1.intoArray(out, to + rowStep + outStep);
    b2.intoArray(out, to + rowStep + 2 * outStep);
    b3.intoArray(out, to + rowStep + 3 * outStep);
    c0.intoArray(out, to + 2 * rowStep);
    c1.intoArray(out, to + 2 * rowStep + outStep);
    c2.intoArray(out, to + 2 * rowStep + 2 * outStep);
    c3.intoArray(out, to + 2 * rowStep + 3 * outStep);
    d0.intoArray(out, to + 3 * rowStep);
    d1.intoArray(out, to + 3 * rowStep + outStep);
    d2.intoArray(out, to + 3 * rowStep + 2 * outStep);
    d3.intoArray(out, to + 3 * rowStep + 3 * outStep);
  }
}
