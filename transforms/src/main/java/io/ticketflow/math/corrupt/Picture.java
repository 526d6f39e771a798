package io.ticketflow.math.corrupt;

import java.util.Arrays;

/**
 * An image while it is worked on. Not thread-safe.
 *
 * @param values channel by channel, row by row; 0 is black, 1 is full
 */
record Picture(int channels, int height, int width, float[] values) {
  /** The side of the images for which strengths were published. */
  private static final double PUBLISHED_SIDE = 32;

  /** One of this size with the channels given, all 0. */
  Picture blank(int ofChannels) {
    return new Picture(ofChannels, height, width, new float[ofChannels * height * width]);
  }

  /** Another of its values, to be written to. */
  Picture copy() {
    return new Picture(channels, height, width, values.clone());
  }

  int at(int channel, int y, int x) {
    return (channel * height + y) * width + x;
  }

  float get(int channel, int y, int x) {
    return values[at(channel, y, x)];
  }

  void set(int channel, int y, int x, double value) {
    values[at(channel, y, x)] = (float) value;
  }

  /** The value at a place; beyond an edge, the edge's. */
  float near(int channel, int y, int x) {
    return get(channel, Math.max(0, Math.min(height - 1, y)), Math.max(0, Math.min(width - 1, x)));
  }

  /** Between pixels, by their four neighbours; beyond an edge, the edge's. */
  double between(int channel, double y, double x) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    double down = y - top;
    double right = x - left;
    double above = (1 - right) * near(channel, top, left) + right * near(channel, top, left + 1);
    double below =
        (1 - right) * near(channel, top + 1, left) + right * near(channel, top + 1, left + 1);
    return (1 - down) * above + down * below;
  }

  /** Whether a place, between pixels too, is in the image. */
  boolean holds(double y, double x) {
    return y >= 0 && x >= 0 && y <= height - 1 && x <= width - 1;
  }

  /** A length that was published for images of 32 pixels, in pixels of this one. */
  double scaled(double length) {
    return length * Math.min(height, width) / PUBLISHED_SIDE;
  }

  /** Sets what is outside to the nearest of 0 and 1. */
  Picture clip() {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, Math.min(1, values[i]));
    }
    return this;
  }

  float max() {
    float max = 0;
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }

  /** The mean of each channel. */
  double[] means() {
    double[] means = new double[channels];
    int size = height * width;
    for (int c = 0; c < channels; c++) {
      for (float value : Arrays.copyOfRange(values, c * size, (c + 1) * size)) {
        means[c] += value / (double) size;
      }
    }
    return means;
  }
}
