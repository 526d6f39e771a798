package io.ticketflow.kernel;

import java.util.Arrays;

/** The mean of each window, which lies within the map. */
public final class MeanPool implements Unit {
  private final Crew crew;
  private final int height;
  private final int width;
  private final int stride;
  private final Sink in;
  private final FeatureMap out;

  /** A layer of windows of such a size. */
  public MeanPool(Crew crew, int height, int width, int stride, Sink in, FeatureMap out) {
    this.crew = crew;
    this.height = height;
    this.width = width;
    this.stride = stride;
    this.in = in;
    this.out = out;
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    crew.each(out.blocks(images), (block, hand) -> forward(block));
  }

  private void forward(int block) {
    float[] values = in.map().values();
    float[] means = out.values();
    int end = out.begin(block + 1);
    Arrays.fill(means, out.begin(block), end, 0);
    windows(
        block,
        (from, to) -> {
          for (int lane = 0; lane < Kernels.LANES; lane++) {
            means[to + lane] += values[from + lane];
          }
        });
    float share = 1f / (height * width);
    for (int i = out.begin(block); i < end; i++) {
      means[i] *= share;
    }
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    if (in.wanted()) {
      crew.each(out.blocks(images), (block, hand) -> backward(block));
    }
  }

  private void backward(int block) {
    float[] to = in.map().gradient();
    if (!in.adds()) {
      Arrays.fill(to, in.map().begin(block), in.map().begin(block + 1), 0);
    }
    float share = 1f / (height * width);
    windows(
        block,
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

  private void windows(int block, Pair pair) {
    FeatureMap read = in.map();
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
