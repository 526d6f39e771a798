package io.ticketflow.learn.flow;

import io.ticketflow.learn.model.FeatureShape;
import java.util.Arrays;

/**
 * What a node gives for the image, channel by channel, row by row, and the flow's derivative in it.
 */
record Plane(FeatureShape shape, double[] values, double[] gradient) {
  static Plane of(FeatureShape shape) {
    return new Plane(shape, new double[shape.size()], new double[shape.size()]);
  }

  /** Both to 0. */
  void clear() {
    Arrays.fill(values, 0);
    Arrays.fill(gradient, 0);
  }

  int height() {
    return shape.height();
  }

  int width() {
    return shape.width();
  }

  /** Where a row begins. */
  int at(int channel, int row) {
    return (channel * height() + row) * width();
  }
}
