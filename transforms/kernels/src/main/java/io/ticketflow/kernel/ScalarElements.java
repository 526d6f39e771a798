package io.ticketflow.kernel;

/** Loops over places one by one, without vectors. */
abstract class ScalarElements implements Kernels {
  @Override
  public float touch(float[] values, int from, int to) {
    return 0; // nothing here waits for memory
  }

  @Override
  public void rectifyBack(float[] values, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      gradient[i] = values[i] > 0 ? gradient[i] : 0;
    }
  }

  @Override
  public void add(float[] sum, int to, float[] other, int from, int floats, boolean rectified) {
    for (int i = 0; i < floats; i++) {
      float both = sum[to + i] + other[from + i];
      sum[to + i] = rectified ? Math.max(both, 0) : both;
    }
  }

  @Override
  public void normalise(
      float[] in,
      int from,
      float[] out,
      int to,
      int floats,
      float factor,
      float rest,
      boolean rectified) {
    for (int i = 0; i < floats; i++) {
      float normal = Math.fma(in[from + i], factor, rest);
      out[to + i] = rectified ? Math.max(normal, 0) : normal;
    }
  }

  @Override
  public void affineBack(
      float[] ofOut,
      int from,
      float[] in,
      int at,
      float[] ofIn,
      int to,
      int floats,
      float factor,
      float slope,
      float rest) {
    for (int i = 0; i < floats; i++) {
      ofIn[to + i] = Math.fma(ofOut[from + i], factor, Math.fma(in[at + i], slope, rest));
    }
  }

  @Override
  public void sum(float[] values, int at, int places, float[] sums, int lanes) {
    for (int i = 0; i < places * LANES; i++) {
      sums[lanes + i % LANES] += values[at + i];
    }
  }

  @Override
  public void sumSquares(
      float[] values, int at, int places, float pivot, float[] sums, float[] squares, int lanes) {
    for (int i = 0; i < places * LANES; i++) {
      float away = values[at + i] - pivot;
      int lane = lanes + i % LANES;
      sums[lane] += away;
      squares[lane] = Math.fma(away, away, squares[lane]);
    }
  }

  @Override
  public void reduceBack(
      float[] in,
      int from,
      float[] gradient,
      int to,
      int places,
      float factor,
      float rest,
      boolean rectified,
      float mean,
      float[] sums,
      float[] products,
      int lanes) {
    for (int i = 0; i < places * LANES; i++) {
      float value = in[from + i];
      if (rectified) {
        gradient[to + i] = Math.fma(value, factor, rest) > 0 ? gradient[to + i] : 0;
      }
      int lane = lanes + i % LANES;
      sums[lane] += gradient[to + i];
      products[lane] = Math.fma(gradient[to + i], value - mean, products[lane]);
    }
  }

  @Override
  public void larger(
      float[] in,
      int from,
      int step,
      float[] largest,
      int to,
      float[] chosen,
      int places,
      int number) {
    for (int i = 0; i < places * LANES; i++) {
      float value = in[from + i / LANES * step + i % LANES];
      if (value > largest[to + i] || Float.isNaN(value)) {
        largest[to + i] = value;
        chosen[to + i] = number;
      }
    }
  }

  @Override
  public void addChosen(
      float[] gradient,
      int at,
      float[] chosen,
      float[] sum,
      int to,
      int step,
      int places,
      int number) {
    for (int i = 0; i < places * LANES; i++) {
      if (chosen[at + i] == number) {
        sum[to + i / LANES * step + i % LANES] += gradient[at + i];
      }
    }
  }
}
