package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#sparse} by vectors. A tile is eight sums of a vector each, which hide the latency
 * of additions: some places of one row. C2 compiles vectors well only where their species is a
 * constant, and keeps what a loop needs in registers only where a method has few other variables;
 * so each kind of tile has a method of its own.
 */
final class SparseVectors {
  private static final VectorSpecies<Float> S = VectorWidth.species();
  private static final int L = S.length();

  /** Vectors of a place. */
  private static final int V = LANES / L;

  /** Places of a tile. */
  static final int TILE = 8 / V;

  private SparseVectors() {}

  static void add(
      Taps taps,
      float[] weights,
      Begin begin,
      float[] in,
      int from,
      float[] out,
      int to,
      Line line) {
    int rows = taps.rows();
    int[] start = taps.start();
    int[] offset = taps.offset();
    int base = taps.base();
    int inStep = line.inStep();
    int outStep = line.outStep();
    float[] begins = begin.values();
    int i = 0;
    for (; i + TILE <= line.places(); i += TILE) {
      int read = from + line.in() + i * inStep;
      int at = to + line.out() + i * outStep;
      for (int row = 0; row < rows; row++, at += line.rowStep()) {
        int k = start[row];
        int end = start[row + 1];
        if (inStep != LANES) {
          if (begins != null) {
            fill(begins[begin.at() + row], out, at, outStep);
          }
          apart(offset, k, end, weights, base, in, read, inStep, out, at, outStep);
        } else if (begins == null) {
          further(offset, k, end, weights, base, in, read, out, at, outStep);
        } else {
          float first = begins[begin.at() + row];
          beside(offset, k, end, weights, base, first, in, read, out, at, outStep);
        }
      }
    }
    for (; i < line.places(); i++) {
      int read = from + line.in() + i * inStep;
      int at = to + line.out() + i * outStep;
      for (int row = 0; row < rows; row++, at += line.rowStep()) {
        for (int v = 0; v < LANES; v += L) {
          FloatVector sum = first(begin, row, out, at + v);
          one(offset, start[row], start[row + 1], weights, base, in, read + v, sum)
              .intoArray(out, at + v);
        }
      }
    }
  }

  /** From the first vector of a tile to another one, of places that lie so far apart. */
  private static int at(int vector, int step) {
    return vector / V * step + vector % V * L;
  }

  private static FloatVector first(Begin begin, int row, float[] out, int to) {
    float[] values = begin.values();
    return values == null
        ? FloatVector.fromArray(S, out, to)
        : FloatVector.broadcast(S, values[begin.at() + row]);
  }

  private static void fill(float value, float[] out, int to, int step) {
    FloatVector all = FloatVector.broadcast(S, value);
    all.intoArray(out, to + at(0, step));
    all.intoArray(out, to + at(1, step));
    all.intoArray(out, to + at(2, step));
    all.intoArray(out, to + at(3, step));
    all.intoArray(out, to + at(4, step));
    all.intoArray(out, to + at(5, step));
    all.intoArray(out, to + at(6, step));
    all.intoArray(out, to + at(7, step));
  }

  /** A tile of places that are read side by side. */
  private static void beside(
      int[] offset,
      int from,
      int end,
      float[] weights,
      int base,
      float begin,
      float[] in,
      int read,
      float[] out,
      int to,
      int step) {
    FloatVector a0 = FloatVector.broadcast(S, begin);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector a4 = a0;
    FloatVector a5 = a0;
    FloatVector a6 = a0;
    FloatVector a7 = a0;
    for (int k = from; k < end; k++) {
      FloatVector w = FloatVector.broadcast(S, weights[base + k]);
      int at = read + offset[k];
      a0 = FloatVector.fromArray(S, in, at).fma(w, a0);
      a1 = FloatVector.fromArray(S, in, at + L).fma(w, a1);
      a2 = FloatVector.fromArray(S, in, at + 2 * L).fma(w, a2);
      a3 = FloatVector.fromArray(S, in, at + 3 * L).fma(w, a3);
      a4 = FloatVector.fromArray(S, in, at + 4 * L).fma(w, a4);
      a5 = FloatVector.fromArray(S, in, at + 5 * L).fma(w, a5);
      a6 = FloatVector.fromArray(S, in, at + 6 * L).fma(w, a6);
      a7 = FloatVector.fromArray(S, in, at + 7 * L).fma(w, a7);
    }
    a0.intoArray(out, to + at(0, step));
    a1.intoArray(out, to + at(1, step));
    a2.intoArray(out, to + at(2, step));
    a3.intoArray(out, to + at(3, step));
    a4.intoArray(out, to + at(4, step));
    a5.intoArray(out, to + at(5, step));
    a6.intoArray(out, to + at(6, step));
    a7.intoArray(out, to + at(7, step));
  }

  /** Likewise one that goes on with what is there. */
  private static void further(
      int[] offset,
      int from,
      int end,
      float[] weights,
      int base,
      float[] in,
      int read,
      float[] out,
      int to,
      int step) {
    FloatVector a0 = FloatVector.fromArray(S, out, to + at(0, step));
    FloatVector a1 = FloatVector.fromArray(S, out, to + at(1, step));
    FloatVector a2 = FloatVector.fromArray(S, out, to + at(2, step));
    FloatVector a3 = FloatVector.fromArray(S, out, to + at(3, step));
    FloatVector a4 = FloatVector.fromArray(S, out, to + at(4, step));
    FloatVector a5 = FloatVector.fromArray(S, out, to + at(5, step));
    FloatVector a6 = FloatVector.fromArray(S, out, to + at(6, step));
    FloatVector a7 = FloatVector.fromArray(S, out, to + at(7, step));
    for (int k = from; k < end; k++) {
      FloatVector w = FloatVector.broadcast(S, weights[base + k]);
      int at = read + offset[k];
      a0 = FloatVector.fromArray(S, in, at).fma(w, a0);
      a1 = FloatVector.fromArray(S, in, at + L).fma(w, a1);
      a2 = FloatVector.fromArray(S, in, at + 2 * L).fma(w, a2);
      a3 = FloatVector.fromArray(S, in, at + 3 * L).fma(w, a3);
      a4 = FloatVector.fromArray(S, in, at + 4 * L).fma(w, a4);
      a5 = FloatVector.fromArray(S, in, at + 5 * L).fma(w, a5);
      a6 = FloatVector.fromArray(S, in, at + 6 * L).fma(w, a6);
      a7 = FloatVector.fromArray(S, in, at + 7 * L).fma(w, a7);
    }
    a0.intoArray(out, to + at(0, step));
    a1.intoArray(out, to + at(1, step));
    a2.intoArray(out, to + at(2, step));
    a3.intoArray(out, to + at(3, step));
    a4.intoArray(out, to + at(4, step));
    a5.intoArray(out, to + at(5, step));
    a6.intoArray(out, to + at(6, step));
    a7.intoArray(out, to + at(7, step));
  }

  /** Likewise of places that lie apart where they are read. */
  private static void apart(
      int[] offset,
      int from,
      int end,
      float[] weights,
      int base,
      float[] in,
      int read,
      int apart,
      float[] out,
      int to,
      int step) {
    FloatVector a0 = FloatVector.fromArray(S, out, to + at(0, step));
    FloatVector a1 = FloatVector.fromArray(S, out, to + at(1, step));
    FloatVector a2 = FloatVector.fromArray(S, out, to + at(2, step));
    FloatVector a3 = FloatVector.fromArray(S, out, to + at(3, step));
    FloatVector a4 = FloatVector.fromArray(S, out, to + at(4, step));
    FloatVector a5 = FloatVector.fromArray(S, out, to + at(5, step));
    FloatVector a6 = FloatVector.fromArray(S, out, to + at(6, step));
    FloatVector a7 = FloatVector.fromArray(S, out, to + at(7, step));
    for (int k = from; k < end; k++) {
      FloatVector w = FloatVector.broadcast(S, weights[base + k]);
      int at = read + offset[k];
      a0 = FloatVector.fromArray(S, in, at + at(0, apart)).fma(w, a0);
      a1 = FloatVector.fromArray(S, in, at + at(1, apart)).fma(w, a1);
      a2 = FloatVector.fromArray(S, in, at + at(2, apart)).fma(w, a2);
      a3 = FloatVector.fromArray(S, in, at + at(3, apart)).fma(w, a3);
      a4 = FloatVector.fromArray(S, in, at + at(4, apart)).fma(w, a4);
      a5 = FloatVector.fromArray(S, in, at + at(5, apart)).fma(w, a5);
      a6 = FloatVector.fromArray(S, in, at + at(6, apart)).fma(w, a6);
      a7 = FloatVector.fromArray(S, in, at + at(7, apart)).fma(w, a7);
    }
    a0.intoArray(out, to + at(0, step));
    a1.intoArray(out, to + at(1, step));
    a2.intoArray(out, to + at(2, step));
    a3.intoArray(out, to + at(3, step));
    a4.intoArray(out, to + at(4, step));
    a5.intoArray(out, to + at(5, step));
    a6.intoArray(out, to + at(6, step));
    a7.intoArray(out, to + at(7, step));
  }

  private static FloatVector one(
      int[] offset,
      int from,
      int end,
      float[] weights,
      int base,
      float[] in,
      int read,
      FloatVector first) {
    FloatVector a = first;
    for (int k = from; k < end; k++) {
      FloatVector w = FloatVector.broadcast(S, weights[base + k]);
      a = FloatVector.fromArray(S, in, read + offset[k]).fma(w, a);
    }
    return a;
  }
}
