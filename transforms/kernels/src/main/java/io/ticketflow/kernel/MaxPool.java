package io.ticketflow.kernel;

import java.util.Arrays;

/**
 * The largest value of each window, and of equal ones the first; its gradient goes there. Borders
 * count as −∞.
 */
public final class MaxPool implements Unit {
  private final Crew crew;
  private final Geometry geometry;
  private final Sink in;
  private final FeatureMap out;
  private final int[] chosen;

  public MaxPool(Crew crew, Geometry geometry, Sink in, FeatureMap out) {
    this.crew = crew;
    this.geometry = geometry;
    this.in = in;
    this.out = out;
    chosen = new int[out.values().length];
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    crew.each(out.blocks(images), (block, hand) -> forward(block));
  }

  private void forward(int block) {
    for (int channel = 0; channel < out.channels(); channel++) {
      for (int row = 0; row < out.height(); row++) {
        for (int column = 0; column < out.width(); column++) {
          choose(block, channel, row, column);
        }
      }
    }
  }

  private void choose(int block, int channel, int row, int column) {
    FeatureMap read = in.map();
    float[] values = read.values();
    int to = out.at(block, row, column) + channel * out.channelStep();
    int top = row * geometry.stride() - geometry.padding();
    int left = column * geometry.stride() - geometry.padding();
    boolean first = true;
    for (int r = Math.max(0, top); r < Math.min(read.height(), top + geometry.kernel()); r++) {
      for (int c = Math.max(0, left); c < Math.min(read.width(), left + geometry.kernel()); c++) {
        int from = read.at(block, r, c) + channel * read.channelStep();
        for (int lane = 0; lane < Kernels.LANES; lane++) {
          // NaN is larger than all
          if (first || !(values[from + lane] <= out.values()[to + lane])) {
            out.values()[to + lane] = values[from + lane];
            chosen[to + lane] = from + lane;
          }
        }
        first = false;
      }
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
    int floats = out.width() * Kernels.LANES;
    for (int channel = 0; channel < out.channels(); channel++) {
      for (int row = 0; row < out.height(); row++) {
        int at = out.at(block, row, 0) + channel * out.channelStep();
        for (int i = at; i < at + floats; i++) {
          to[chosen[i]] += out.gradient()[i];
        }
      }
    }
  }
}
