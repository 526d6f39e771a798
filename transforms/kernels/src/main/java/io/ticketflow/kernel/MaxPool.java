package io.ticketflow.kernel;

import java.util.Arrays;

/**
 * The largest value of each window, and of equal ones the first; its gradient goes there. NaN is
 * larger than all. Borders count as −∞.
 */
public final class MaxPool implements Unit {
  private final Crew crew;
  private final Geometry geometry;
  private final Sink in;
  private final FeatureMap out;

  /** Of each value the number in its window: row by row from 0. */
  private final float[] chosen;

  private final Windows there;
  private final Windows back;
  private final Crew.Work forward;
  private final Crew.Work backward;

  /** A layer of such windows. */
  public MaxPool(Crew crew, Geometry geometry, Sink in, FeatureMap out) {
    this.crew = crew;
    this.geometry = geometry;
    this.in = in;
    this.out = out;
    chosen = new float[out.values().length];
    there =
        (read, write, places, number) ->
            crew.kernels()
                .larger(
                    in.map().values(), read, step(), out.values(), write, chosen, places, number);
    back =
        (read, write, places, number) ->
            crew.kernels()
                .addChosen(
                    out.gradient(),
                    write,
                    chosen,
                    in.map().gradient(),
                    read,
                    step(),
                    places,
                    number);
    forward = new RowWork(out, (block, row, hand) -> forward(block, row));
    backward = (block, hand) -> backward(block);
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    crew.each(out.blocks(images), forward);
  }

  private void forward(int block, int row) {
    int at = out.at(block, row, 0);
    for (int channel = 0; channel < out.channels(); channel++) {
      int from = at + channel * out.channelStep();
      int end = from + out.width() * Kernels.LANES;
      Arrays.fill(out.values(), from, end, Float.NEGATIVE_INFINITY);
      Arrays.fill(chosen, from, end, -1);
    }
    for (int number = 0; number < geometry.kernel() * geometry.kernel(); number++) {
      each(block, row, number, there);
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
    for (int row = 0; row < out.height(); row++) {
      // from the last number on: where windows overlap, they are added in their order
      for (int number = geometry.kernel() * geometry.kernel() - 1; number >= 0; number--) {
        each(block, row, number, back);
      }
    }
  }

  /** Floats from a window to the next one. */
  private int step() {
    return geometry.stride() * Kernels.LANES;
  }

  /** What is done with the windows of a row, for the values of one number. */
  @FunctionalInterface
  private interface Windows {
    /** From the first window on that has such a value. */
    void take(int read, int write, int places, int number);
  }

  /** The windows of a row that have a value of this number, channel by channel. */
  private void each(int block, int row, int number, Windows windows) {
    FeatureMap read = in.map();
    int top = row * geometry.stride() - geometry.padding() + number / geometry.kernel();
    int left = number % geometry.kernel() - geometry.padding();
    if (top < 0 || top >= read.height() || left >= read.width()) {
      return;
    }
    int first = Math.max(0, (-left + geometry.stride() - 1) / geometry.stride());
    int last = Math.min(out.width() - 1, (read.width() - 1 - left) / geometry.stride());
    int from = read.at(block, top, left + first * geometry.stride());
    int to = out.at(block, row, first);
    for (int channel = 0; channel < out.channels(); channel++) {
      int behind = channel * read.channelStep();
      windows.take(from + behind, to + channel * out.channelStep(), last - first + 1, number);
    }
  }
}
