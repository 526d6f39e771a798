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
  private final float share;
  private final Pair there;
  private final Pair back;
  private final Crew.Work forward;
  private final Crew.Work backward;

  /** A layer of windows of such a size. */
  public MeanPool(Crew crew, int height, int width, int stride, Sink in, FeatureMap out) {
    this.crew = crew;
    this.height = height;
    this.width = width;
    this.stride = stride;
    this.in = in;
    this.out = out;
    share = 1f / (height * width);
    there = (from, to) -> add(in.map().values(), from, out.values(), to);
    back = (from, to) -> addShare(out.gradient(), to, in.map().gradient(), from);
    forward = (block, hand) -> forward(block);
    backward = (block, hand) -> backward(block);
  }

  private static void add(float[] values, int from, float[] sums, int to) {
    for (int lane = 0; lane < Kernels.LANES; lane++) {
      sums[to + lane] += values[from + lane];
    }
  }

  private void addShare(float[] gradient, int from, float[] sums, int to) {
    for (int lane = 0; lane < Kernels.LANES; lane++) {
      sums[to + lane] = Math.fma(gradient[from + lane], share, sums[to + lane]);
    }
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    crew.each(out.blocks(images), forward);
  }

  private void forward(int block) {
    float[] means = out.values();
    int end = out.begin(block + 1);
    Arrays.fill(means, out.begin(block), end, 0);
    windows(block, there);
    for (int i = out.begin(block); i < end; i++) {
      means[i] *= share;
    }
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    if (in.wanted()) {
      crew.each(out.blocks(images), backward);
    }
  }

  private void backward(int block) {
    float[] to = in.map().gradient();
    if (!in.adds()) {
      Arrays.fill(to, in.map().begin(block), in.map().begin(block + 1), 0);
    }
    windows(block, back);
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
