package io.ticketflow.learn.flow;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution, or a linear layer as one of kernel 1: sums run over (channel, row, column) of the
 * weights, ascending; weights that are 0 are passed over, and have derivative 0.
 */
record Products(
    Plane in,
    Plane out,
    double[] weights,
    double[] gradient,
    double @Nullable [] bias,
    int kernel,
    int stride,
    int padding)
    implements Step {
  /** What is done with a row of what is read and one of what is given. */
  @FunctionalInterface
  private interface Rows {
    void take(int weight, int in, int out, int count);
  }

  @Override
  public void forward() {
    int area = out.height() * out.width();
    if (bias != null) {
      for (int channel = 0; channel < bias.length; channel++) {
        Arrays.fill(out.values(), channel * area, (channel + 1) * area, bias[channel]);
      }
    }
    double[] read = in.values();
    double[] written = out.values();
    each((weight, from, to, count) -> add(weights[weight], read, from, stride, written, to, count));
  }

  private static void add(
      double weight, double[] in, int from, int stride, double[] out, int to, int count) {
    if (stride == 1) {
      for (int i = 0; i < count; i++) {
        out[to + i] += weight * in[from + i];
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      out[to + i] += weight * in[from + i * stride];
    }
  }

  @Override
  public void backward() {
    double[] read = in.values();
    double[] ofIn = in.gradient();
    double[] ofOut = out.gradient();
    each(
        (weight, from, to, count) -> {
          double sum = 0;
          for (int i = 0; i < count; i++) {
            sum += read[from + i * stride] * ofOut[to + i];
          }
          gradient[weight] += sum;
          addApart(weights[weight], ofOut, to, ofIn, from, stride, count);
        });
  }

  private static void addApart(
      double weight, double[] in, int from, double[] out, int to, int stride, int count) {
    if (stride == 1) {
      add(weight, in, from, 1, out, to, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      out[to + i * stride] += weight * in[from + i];
    }
  }

  /** Every weight that is not 0, at every row where it is used. */
  private void each(Rows rows) {
    int next = 0;
    int channels = out.shape().channels();
    int fan = weights.length / channels / (kernel * kernel);
    for (int channel = 0; channel < channels; channel++) {
      for (int read = 0; read < fan; read++) {
        for (int row = 0; row < kernel; row++) {
          for (int column = 0; column < kernel; column++, next++) {
            if (weights[next] != 0) {
              rows(next, channel, read, row - padding, column - padding, rows);
            }
          }
        }
      }
    }
  }

  private void rows(int weight, int channel, int read, int down, int right, Rows rows) {
    int first = Math.max(0, (-right + stride - 1) / stride);
    int end = Math.min(out.width(), (in.width() - 1 - right) / stride + 1);
    if (in.width() - 1 - right < 0 || end <= first) {
      return;
    }
    for (int row = 0; row < out.height(); row++) {
      int from = row * stride + down;
      if (from >= 0 && from < in.height()) {
        int at = in.at(read, from) + first * stride + right;
        rows.take(weight, at, out.at(channel, row) + first, end - first);
      }
    }
  }
}
