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
    for (int i = 0; i < line.places(); i++) {
      int x = read + line.in() + i * line.inStep();
      int y = write + line.out() + i * line.outStep();
      sparse(taps, weights, begin, in, x, out, y, line.rowStep());
    }
  }

  /** One place. */
  private static void sparse(
      Taps taps, float[] weights, Begin begin, float[] in, int x, float[] out, int y, int rowStep) {
    int[] start = taps.start();
    for (int row = 0; row < taps.rows(); row++) {
      int to = y + row * rowStep;
      begin(begin, row, out, to);
      for (int lane = 0; lane < LANES; lane += ScalarSums.LANES) {
        ScalarSums.add(
            null,
            taps.base(),
            taps.offset(),
            start[row],
            start[row + 1],
            weights,
            in,
            x + lane,
            out,
            to + lane);
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
    int first = block.weight() == null ? block.base() : 0;
    for (int i = 0; i < line.places(); i++) {
      int x = read + line.in() + i * line.inStep();
      for (int row = 0; row < block.rows(); row++) {
        int to = write + line.out() + i * line.outStep() + row * line.rowStep();
        begin(begin, row, out, to);
        for (int lane = 0; lane < LANES; lane += ScalarSums.LANES) {
          ScalarSums.add(
              block.weight(),
              first + row * block.weightStep(),
              block.offset(),
              from,
              end,
              weights,
              in,
              x + lane,
              out,
              to + lane);
        }
      }
    }
  }

  private static void begin(Begin begin, int row, float[] out, int to) {
    if (begin.values() != null) {
      Arrays.fill(out, to, to + LANES, begin.values()[begin.at() + row]);
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
    float[] sums = part.sums();
    for (int row = 0; row < taps.rows(); row++) {
      for (int k = taps.start()[row]; k < taps.start()[row + 1]; k++) {
        // of the whole there is room for some taps alone
        int sum = part.at() + (part.isWhole() ? 0 : k * LANES);
        if (part.first()) {
          Arrays.fill(sums, sum, sum + LANES, 0);
        }
        for (int i = from; i < to; i++) {
          int x = read + places.in()[i] + taps.offset()[k];
          int y = write + places.out()[i] + row * places.rowStep();
          for (int lane = 0; lane < LANES; lane++) {
            sums[sum + lane] = Math.fma(in[x + lane], ofOut[y + lane], sums[sum + lane]);
          }
        }
        if (part.last()) {
          gradient[taps.base() + k] = tree(sums, sum);
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
    for (int below = 0; below < lines; below++) {
      for (int i = 0; i < line.places(); i++) {
        int x = read + below * readStep + line.in() + i * line.inStep();
        int y = write + below * writeStep + line.out() + i * line.outStep();
        products(taps, fromRow, toRow, in, x, ofOut, y, line.rowStep(), sums, at);
      }
    }
  }

  /** One place. */
  private static void products(
      Taps taps,
      int fromRow,
      int toRow,
      float[] in,
      int x,
      float[] ofOut,
      int y,
      int rowStep,
      float[] sums,
      int at) {
    int sum = at;
    for (int row = fromRow; row < toRow; row++) {
      int of = y + row * rowStep;
      for (int k = taps.start()[row]; k < taps.start()[row + 1]; k++, sum += LANES) {
        int from = x + taps.offset()[k];
        for (int lane = 0; lane < LANES; lane++) {
          sums[sum + lane] = Math.fma(in[from + lane], ofOut[of + lane], sums[sum + lane]);
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
      sparse(taps, weights, begin, in, places.in()[i], out, places.out()[i], places.rowStep());
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
      int y = write + places.out()[i];
      products(taps, fromRow, toRow, in, places.in()[i], ofOut, y, places.rowStep(), sums, at);
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
