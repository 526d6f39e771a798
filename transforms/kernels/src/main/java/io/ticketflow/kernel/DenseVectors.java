package io.ticketflow.kernel;

import static io.ticketflow.kernel.Kernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#dense} by vectors: a tile is two vectors in each of four rows, of one place or,
 * where a place is one vector, of two. With vectors that wide there are registers for {@link
 * SquareVectors} too.
 */
final class DenseVectors {
  private static final VectorSpecies<Float> S = VectorWidth.species();
  private static final int L = S.length();

  private DenseVectors() {}

  static void add(
      Block block,
      int from,
      int end,
      float[] weights,
      Begin begin,
      float[] in,
      int read,
      float[] out,
      int write,
      Line line) {
    int step = line.rowStep();
    int whole = L < LANES || line.places() > 1 ? block.rows() / 4 * 4 : 0;
    int places = L < LANES ? line.places() : line.places() / 2 * 2;
    // where the second vector of a tile lies: in the same place or in the next
    int inNext = L < LANES ? L : line.inStep();
    int outNext = L < LANES ? L : line.outStep();
    int first = 0;
    if (L == LANES && places >= SquareVectors.PLACES && whole > 0) {
      SquareVectors.add(block, whole, from, end, weights, begin, in, read, out, write, line);
      first = places / SquareVectors.PLACES * SquareVectors.PLACES;
    }
    for (int i = first; i < places && whole > 0; i += L < LANES ? 1 : 2) {
      int x = read + line.in() + i * line.inStep();
      int to = write + line.out() + i * line.outStep();
      for (int v = 0; v < LANES; v += 2 * L) {
        for (int row = 0; row < whole; row += 4) {
          int at = to + row * step + v;
          four(block, row, from, end, weights, begin, in, x + v, inNext, out, at, outNext, step);
        }
      }
    }
    for (int i = 0; i < line.places(); i++) {
      int x = read + line.in() + i * line.inStep();
      int to = write + line.out() + i * line.outStep();
      for (int row = i < places ? whole : 0; row < block.rows(); row++) {
        for (int v = 0; v < LANES; v += L) {
          one(block, row, from, end, weights, begin, in, x + v, out, to + row * step + v);
        }
      }
    }
  }

  private static void four(
      Block block,
      int row,
      int from,
      int end,
      float[] weights,
      Begin begin,
      float[] in,
      int read,
      int inNext,
      float[] out,
      int to,
      int outNext,
      int rowStep) {
    float[] begins = begin.values();
    FloatVector a0 =
        begins == null
            ? FloatVector.fromArray(S, out, to)
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector a1 =
        begins == null
            ? FloatVector.fromArray(S, out, to + outNext)
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    FloatVector b0 =
        begins == null
            ? FloatVector.fromArray(S, out, to + rowStep)
            : FloatVector.broadcast(S, begins[begin.at() + row + 1]);
    FloatVector b1 =
        begins == null
            ? FloatVector.fromArray(S, out, to + rowStep + outNext)
            : FloatVector.broadcast(S, begins[begin.at() + row + 1]);
    FloatVector c0 =
        begins == null
            ? FloatVector.fromArray(S, out, to + 2 * rowStep)
            : FloatVector.broadcast(S, begins[begin.at() + row + 2]);
    FloatVector c1 =
        begins == null
            ? FloatVector.fromArray(S, out, to + 2 * rowStep + outNext)
            : FloatVector.broadcast(S, begins[begin.at() + row + 2]);
    FloatVector d0 =
        begins == null
            ? FloatVector.fromArray(S, out, to + 3 * rowStep)
            : FloatVector.broadcast(S, begins[begin.at() + row + 3]);
    FloatVector d1 =
        begins == null
            ? FloatVector.fromArray(S, out, to + 3 * rowStep + outNext)
            : FloatVector.broadcast(S, begins[begin.at() + row + 3]);
    int[] offset = block.offset();
    int[] weight = block.weight();
    int step = block.weightStep();
    int at0 = row * step;
    int base = at0 + block.base();
    for (int k = from; k < end; k++) {
      int at = read + offset[k];
      int w = weight == null ? base + k : at0 + weight[k];
      FloatVector x0 = FloatVector.fromArray(S, in, at);
      FloatVector x1 = FloatVector.fromArray(S, in, at + inNext);
      FloatVector wa = FloatVector.broadcast(S, weights[w]);
      a0 = x0.fma(wa, a0);
      a1 = x1.fma(wa, a1);
      FloatVector wb = FloatVector.broadcast(S, weights[w + step]);
      b0 = x0.fma(wb, b0);
      b1 = x1.fma(wb, b1);
      FloatVector wc = FloatVector.broadcast(S, weights[w + 2 * step]);
      c0 = x0.fma(wc, c0);
      c1 = x1.fma(wc, c1);
      FloatVector wd = FloatVector.broadcast(S, weights[w + 3 * step]);
      d0 = x0.fma(wd, d0);
      d1 = x1.fma(wd, d1);
    }
    a0.intoArray(out, to);
    a1.intoArray(out, to + outNext);
    b0.intoArray(out, to + rowStep);
    b1.intoArray(out, to + rowStep + outNext);
    c0.intoArray(out, to + 2 * rowStep);
    c1.intoArray(out, to + 2 * rowStep + outNext);
    d0.intoArray(out, to + 3 * rowStep);
    d1.intoArray(out, to + 3 * rowStep + outNext);
  }

  private static void one(
      Block block,
      int row,
      int from,
      int end,
      float[] weights,
      Begin begin,
      float[] in,
      int read,
      float[] out,
      int to) {
    float[] begins = begin.values();
    FloatVector a =
        begins == null
            ? FloatVector.fromArray(S, out, to)
            : FloatVector.broadcast(S, begins[begin.at() + row]);
    int[] offset = block.offset();
    int[] weight = block.weight();
    int at0 = row * block.weightStep();
    int base = at0 + block.base();
    for (int k = from; k < end; k++) {
      int w = weight == null ? base + k : at0 + weight[k];
      a =
          FloatVector.fromArray(S, in, read + offset[k])
              .fma(FloatVector.broadcast(S, weights[w]), a);
    }
    a.intoArray(out, to);
  }
}
