package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#sparse} by vectors. A tile is eight sums of a vector each, which hide the latency
 * of additions: some places of one row. C2 compiles vectors well only where their species is a
 * constant.
 */
final class SparseVectors {
  private static final VectorSpecies<Float> S = VectorWidth.species();
  private static final int L = S.length();

  /** Vectors of a place. */
  private static final int V = LANES / L;

  /** Places of a tile. */
  static final int TILE = 8 / V;

  private SparseVectors() {}

  static void add(Taps taps, float[] weights, Begin begin, float[] in, float[] out, Line line) {
    int rows = taps.rows();
    int i = 0;
    for (; i + TILE <= line.places(); i += TILE) {
      int read = line.in() + i * line.inStep();
      int write = line.out() + i * line.outStep();
      if (line.inStep() == LANES) {
        for (int row = 0; row < rows; row++) {
          int to = write + row * line.rowStep();
          beside(taps, row, weights, begin, in, read, out, to, line.outStep());
        }
      } else {
        for (int row = 0; row < rows; row++) {
          int to = write + row * line.rowStep();
          apart(taps, row, weights, begin, in, read, line.inStep(), out, to, line.outStep());
        }
      }
    }
    for (; i < line.places(); i++) {
      int read = line.in() + i * line.inStep();
      int write = line.out() + i * line.outStep();
      for (int row = 0; row < rows; row++) {
        for (int v = 0; v < LANES; v += L) {
          one(taps, row, weights, begin, in, read + v, out, write + row * line.rowStep() + v);
        }
      }
    }
  }

  /** From the first vector of a tile to another one, of places that lie so far apart. */
  private static int at(int vector, int step) {
    return vector / V * step + vector % V * L;
  }

  static FloatVector first(Begin begin, int row, float[] out, int to) {
    float[] values = begin.values();
    return values == null
        ? FloatVector.fromArray(S, out, to)
        : FloatVector.broadcast(S, values[begin.at() + row]);
  }

  static FloatVector add(FloatVector weight, float[] in, int at, FloatVector sum) {
    return FloatVector.fromArray(S, in, at).fma(weight, sum);
  }

  /** A tile of places that are read side by side. */
  private static void beside(
      Taps taps,
      int row,
      float[] weights,
      Begin begin,
      float[] in,
      int read,
      float[] out,
      int to,
      int step) {
    float[] begins = begin.values();
    FloatVector a0 =
        begins == null
            ? FloatVector.fromArray(S, out, to)
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector a1 =
        begins == null
            ? FloatVector.fromArray(S, out, to + at(1, step))
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector a2 =
        begins == null
            ? FloatVector.fromArray(S, out, to + at(2, step))
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector a3 =
        begins == null
            ? FloatVector.fromArray(S, out, to + at(3, step))
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector a4 =
        begins == null
            ? FloatVector.fromArray(S, out, to + at(4, step))
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector a5 =
        begins == null
            ? FloatVector.fromArray(S, out, to + at(5, step))
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector a6 =
        begins == null
            ? FloatVector.fromArray(S, out, to + at(6, step))
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector a7 =
        begins == null
            ? FloatVector.fromArray(S, out, to + at(7, step))
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    int[] offset = taps.offset();
    int[] weight = taps.weight();
    int base = taps.base();
    int end = taps.start()[row + 1];
    for (int k = taps.start()[row]; k < end; k++) {
      FloatVector w = FloatVector.broadcast(S, weights[weight == null ? base + k : weight[k]]);
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
    a0.intoArray(out, to);
    a1.intoArray(out, to + at(1, step));
    a2.intoArray(out, to + at(2, step));
    a3.intoArray(out, to + at(3, step));
    a4.intoArray(out, to + at(4, step));
    a5.intoArray(out, to + at(5, step));
    a6.intoArray(out, to + at(6, step));
    a7.intoArray(out, to + at(7, step));
  }

  /** A tile of places that lie apart where they are read. */
  private static void apart(
      Taps taps,
      int row,
      float[] weights,
      Begin begin,
      float[] in,
      int read,
      int apart,
      float[] out,
      int to,
      int step) {
    float[] begins = begin.values();
    FloatVector a0 =
        begins == null
            ? FloatVector.fromArray(S, out, to)
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector a1 =
        begins == null
            ? FloatVector.fromArray(S, out, to + at(1, step))
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector a2 =
        begins == null
            ? FloatVector.fromArray(S, out, to + at(2, step))
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector a3 =
        begins == null
            ? FloatVector.fromArray(S, out, to + at(3, step))
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector a4 =
        begins == null
            ? FloatVector.fromArray(S, out, to + at(4, step))
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector a5 =
        begins == null
            ? FloatVector.fromArray(S, out, to + at(5, step))
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector a6 =
        begins == null
            ? FloatVector.fromArray(S, out, to + at(6, step))
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector a7 =
        begins == null
            ? FloatVector.fromArray(S, out, to + at(7, step))
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    int[] offset = taps.offset();
    int[] weight = taps.weight();
    int base = taps.base();
    int end = taps.start()[row + 1];
    for (int k = taps.start()[row]; k < end; k++) {
      FloatVector w = FloatVector.broadcast(S, weights[weight == null ? base + k : weight[k]]);
      int at = read + offset[k];
      a0 = FloatVector.fromArray(S, in, at).fma(w, a0);
      a1 = FloatVector.fromArray(S, in, at + at(1, apart)).fma(w, a1);
      a2 = FloatVector.fromArray(S, in, at + at(2, apart)).fma(w, a2);
      a3 = FloatVector.fromArray(S, in, at + at(3, apart)).fma(w, a3);
      a4 = FloatVector.fromArray(S, in, at + at(4, apart)).fma(w, a4);
      a5 = FloatVector.fromArray(S, in, at + at(5, apart)).fma(w, a5);
      a6 = FloatVector.fromArray(S, in, at + at(6, apart)).fma(w, a6);
      a7 = FloatVector.fromArray(S, in, at + at(7, apart)).fma(w, a7);
    }
    a0.intoArray(out, to);
    a1.intoArray(out, to + at(1, step));
    a2.intoArray(out, to + at(2, step));
    a3.intoArray(out, to + at(3, step));
    a4.intoArray(out, to + at(4, step));
    a5.intoArray(out, to + at(5, step));
    a6.intoArray(out, to + at(6, step));
    a7.intoArray(out, to + at(7, step));
  }

  private static void one(
      Taps taps, int row, float[] weights, Begin begin, float[] in, int read, float[] out, int to) {
    float[] begins = begin.values();
    FloatVector a =
        begins == null
            ? FloatVector.fromArray(S, out, to)
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    int[] offset = taps.offset();
    int[] weight = taps.weight();
    int base = taps.base();
    int end = taps.start()[row + 1];
    for (int k = taps.start()[row]; k < end; k++) {
      FloatVector w = FloatVector.broadcast(S, weights[weight == null ? base + k : weight[k]]);
      a = FloatVector.fromArray(S, in, read + offset[k]).fma(w, a);
    }
    a.intoArray(out, to);
  }
}
