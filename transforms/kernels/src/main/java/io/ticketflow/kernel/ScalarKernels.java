package io.ticketflow.kernel;

import java.util.Arrays;

/** Without vectors, for a JVM without the module of the Vector API. */
final class ScalarKernels extends ScalarElements {
  @Override
  public void sparse(
      Taps taps,
      float[] weights,
      Begin begin,
      float[] in,
      int read,
      float[] out,
      int write,
      Line line) {
    float[] sum = new float[LANES];
    int[] start = taps.start();
    for (int i = 0; i < line.places(); i++) {
      int x = read + line.in() + i * line.inStep();
      for (int row = 0; row < taps.rows(); row++) {
        int to = write + line.out() + i * line.outStep() + row * line.rowStep();
        begin(begin, row, out, to, sum);
        for (int k = start[row]; k < start[row + 1]; k++) {
          add(weights[taps.base() + k], in, x + taps.offset()[k], sum);
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
      int read,
      float[] out,
      int write,
      Line line) {
    float[] sum = new float[LANES];
    for (int i = 0; i < line.places(); i++) {
      int x = read + line.in() + i * line.inStep();
      for (int row = 0; row < block.rows(); row++) {
        int to = write + line.out() + i * line.outStep() + row * line.rowStep();
        begin(begin, row, out, to, sum);
        for (int k = from; k < end; k++) {
          int weight = block.weight() == null ? block.base() + k : block.weight()[k];
          add(weights[weight + row * block.weightStep()], in, x + block.offset()[k], sum);
        }
        System.arraycopy(sum, 0, out, to, LANES);
      }
    }
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
      int read,
      float[] ofOut,
      int write,
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
          System.arraycopy(part.sums(), part.at() + k * LANES, sum, 0, LANES);
        }
        for (int i = from; i < to; i++) {
          int x = read + places.in()[i] + taps.offset()[k];
          int y = write + places.out()[i] + row * places.rowStep();
          for (int lane = 0; lane < LANES; lane++) {
            sum[lane] = Math.fma(in[x + lane], ofOut[y + lane], sum[lane]);
          }
        }
        if (part.last()) {
          gradient[taps.base() + k] = tree(sum, 0);
        } else {
          System.arraycopy(sum, 0, part.sums(), part.at() + k * LANES, LANES);
        }
      }
    }
  }

  @Override
  public void products(
      Taps taps,
      int fromRow,
      int toRow,
      float[] in,
      int read,
      float[] ofOut,
      int write,
      Line line,
      int lines,
      int readStep,
      int writeStep,
      float[] sums,
      int at) {
    int first = taps.start()[fromRow];
    for (int row = fromRow; row < toRow; row++) {
      for (int k = taps.start()[row]; k < taps.start()[row + 1]; k++) {
        for (int i = 0; i < lines * line.places(); i++) {
          int below = i / line.places();
          int beside = i % line.places();
          int x = read + below * readStep + line.in() + beside * line.inStep() + taps.offset()[k];
          int y = write + below * writeStep + line.out() + beside * line.outStep();
          y += row * line.rowStep();
          for (int lane = 0; lane < LANES; lane++) {
            int sum = at + (k - first) * LANES + lane;
            sums[sum] = Math.fma(in[x + lane], ofOut[y + lane], sums[sum]);
          }
        }
      }
    }
  }

  @Override
  public void sparse(
      Taps taps,
      float[] weights,
      Begin begin,
      float[] in,
      float[] out,
      Places places,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      sparse(taps, weights, begin, in, 0, out, 0, places.line(i));
    }
  }

  @Override
  public void products(
      Taps taps,
      int fromRow,
      int toRow,
      float[] in,
      float[] ofOut,
      int write,
      Places places,
      int from,
      int to,
      float[] sums,
      int at) {
    for (int i = from; i < to; i++) {
      Line line = places.line(i);
      products(taps, fromRow, toRow, in, 0, ofOut, write, line, 1, 0, 0, sums, at);
    }
  }

  @Override
  public void lanes(float[] sums, int at, int taps, float[] gradient, int to) {
    for (int k = 0; k < taps; k++) {
      gradient[to + k] = tree(sums, at + k * LANES);
    }
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
