package io.ticketflow.kernel;

import java.util.Arrays;

/** The mean of each window, which lies within the map. */
public final class MeanPool implements Unit {
  private final int height;
  private final int width;
  private final int stride;
  private final Sink in;
  private final FeatureMap out;

  /** A layer of windows of such a size. */
  public MeanPool(int height, int width, int stride, Sink in, FeatureMap out) {
    this.height = height;
    this.width = width;
    this.stride = stride;
    this.in = in;
    this.out = out;
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    float[] values = in.map().values();
    float[] means = out.values();
    Arrays.fill(means, out.begin(), out.end(images), 0);
    windows(
        images,
        (from, to) -> {
          for (int lane = 0; lane < Kernels.LANES; lane++) {
            means[to + lane] += values[from + lane];
          }
        });
    float share = 1f / (height * width);
    int end = out.end(images);
    for (int i = out.begin(); i < end; i++) {
      means[i] *= share;
    }
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    if (!in.wanted()) {
      return;
    }
    float[] to = in.map().gradient();
    if (!in.adds()) {
      Arrays.fill(to, in.map().begin(), in.map().end(images), 0);
    }
    float share = 1f / (height * width);
    windows(
        images,
        (from, at) -> {
          for (int lane = 0; lane < Kernels.LANES; lane++) {
            to[from + lane] = Math.fma(out.gradient()[at + lane], share, to[from + lane]);
          }
        });
  }

  @FunctionalInterface
  private interface Pair {
    void take(int in, int out);
  }

  private void windows(int images, Pair pair) {
    FeatureMap read = in.map();
    for (int block = 0; block < out.blocks(images); block++) {
      for (int channel = 0; channel < out.channels(); channel++) {
        for (int row = 0; row < out.height(); row++) {
          for (int column = 0; column < out.width(); column++) {
            int to = out.at(block, row, column) + channel * out.channelStep();
            for (int r = row * stride; r < row * stride + height; r++) {
              int from = read.at(block, r, column * stride) + channel * read.channelStep();
              for (int c = 0; c < width; c++) {
                pair.take(from + c * Kernels.LANES, to);
              }
            }
          }
        }
      }
    }
  }
}
