package io.ticketflow.kernel;

import java.util.Arrays;

/** Without vectors, for a JVM without the module of the Vector API. */
final class ScalarKernels implements Kernels {
  @Override
  public void sparse(Taps taps, float[] weights, Begin begin, float[] in, float[] out, Line line) {
    float[] sum = new float[LANES];
    int[] start = taps.start();
    for (int i = 0; i < line.places(); i++) {
      int read = line.in() + i * line.inStep();
      for (int row = 0; row < taps.rows(); row++) {
        int to = line.out() + i * line.outStep() + row * line.rowStep();
        begin(begin, row, out, to, sum);
        for (int k = start[row]; k < start[row + 1]; k++) {
          add(weights[index(taps, k)], in, read + taps.offset()[k], sum);
        }
        System.arraycopy(sum, 0, out, to, LANES);
      }
    }
  }

  @Override
  public void dense(
      Block block,
      int from,
      int end,
      float[] weights,
      Begin begin,
      float[] in,
      float[] out,
      Line line) {
    float[] sum = new float[LANES];
    for (int i = 0; i < line.places(); i++) {
      int read = line.in() + i * line.inStep();
      for (int row = 0; row < block.rows(); row++) {
        int to = line.out() + i * line.outStep() + row * line.rowStep();
        begin(begin, row, out, to, sum);
        for (int k = from; k < end; k++) {
          int weight = block.weight() == null ? block.base() + k : block.weight()[k];
          add(weights[weight + row * block.weightStep()], in, read + block.offset()[k], sum);
        }
        System.arraycopy(sum, 0, out, to, LANES);
      }
    }
  }

  private static int index(Taps taps, int k) {
    return taps.weight() == null ? taps.base() + k : taps.weight()[k];
  }

  private static void begin(Begin begin, int row, float[] out, int to, float[] sum) {
    if (begin.values() == null) {
      System.arraycopy(out, to, sum, 0, LANES);
    } else {
      Arrays.fill(sum, begin.values()[begin.at() + row]);
    }
  }

  private static void add(float weight, float[] in, int at, float[] sum) {
    for (int lane = 0; lane < LANES; lane++) {
      sum[lane] = Math.fma(in[at + lane], weight, sum[lane]);
    }
  }

  @Override
  public void gradient(
      Taps taps,
      float[] in,
      float[] ofOut,
      Places places,
      int from,
      int to,
      Part part,
      float[] gradient) {
    float[] sum = new float[LANES];
    for (int row = 0; row < taps.rows(); row++) {
      for (int k = taps.start()[row]; k < taps.start()[row + 1]; k++) {
        if (part.first()) {
          Arrays.fill(sum, 0);
        } else {
          System.arraycopy(part.sums(), k * LANES, sum, 0, LANES);
        }
        for (int i = from; i < to; i++) {
          int x = places.in()[i] + taps.offset()[k];
          int y = places.out()[i] + row * places.rowStep();
          for (int lane = 0; lane < LANES; lane++) {
            sum[lane] = Math.fma(in[x + lane], ofOut[y + lane], sum[lane]);
          }
        }
        if (part.last()) {
          gradient[taps.base() + k] = tree(sum, 0);
        } else {
          System.arraycopy(sum, 0, part.sums(), k * LANES, LANES);
        }
      }
    }
  }

  @Override
  public void rectifyBack(float[] values, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      gradient[i] = values[i] > 0 ? gradient[i] : 0;
    }
  }

  @Override
  public void sum(float[] values, int at, int places, float[] sums) {
    for (int i = 0; i < places * LANES; i++) {
      sums[i % LANES] += values[at + i];
    }
  }

  @Override
  public void sumSquares(
      float[] values, int at, int places, float pivot, float[] sums, float[] squares) {
    for (int i = 0; i < places * LANES; i++) {
      float away = values[at + i] - pivot;
      sums[i % LANES] += away;
      squares[i % LANES] = Math.fma(away, away, squares[i % LANES]);
    }
  }

  @Override
  public void sumProducts(
      float[] factors,
      int factorsAt,
      float[] values,
      int valuesAt,
      int places,
      float mean,
      float[] sums,
      float[] products) {
    for (int i = 0; i < places * LANES; i++) {
      float factor = factors[factorsAt + i];
      sums[i % LANES] += factor;
      products[i % LANES] = Math.fma(factor, values[valuesAt + i] - mean, products[i % LANES]);
    }
  }

  /** The sum of the first lanes, in double, ascending. */
  static double total(float[] sums, int lanes) {
    double total = 0;
    for (int lane = 0; lane < lanes; lane++) {
      total += sums[lane];
    }
    return total;
  }

  /** The sum of a group, as {@link Kernels#gradient} says. */
  static float tree(float[] sum, int at) {
    float s0 = sum[at] + sum[at + 8];
    float s1 = sum[at + 1] + sum[at + 9];
    float s2 = sum[at + 2] + sum[at + 10];
    float s3 = sum[at + 3] + sum[at + 11];
    float s4 = sum[at + 4] + sum[at + 12];
    float s5 = sum[at + 5] + sum[at + 13];
    float s6 = sum[at + 6] + sum[at + 14];
    float s7 = sum[at + 7] + sum[at + 15];
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }
}
