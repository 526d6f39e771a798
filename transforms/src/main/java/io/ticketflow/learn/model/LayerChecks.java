package io.ticketflow.learn.model;

import java.util.List;

/** What layers expect of the shapes that go in. */
final class LayerChecks {
  private LayerChecks() {}

  static FeatureShape single(List<FeatureShape> inputs) {
    expect(inputs.size() == 1, "one input", inputs.size());
    return inputs.get(0);
  }

  static FeatureShape image(List<FeatureShape> inputs) {
    FeatureShape input = single(inputs);
    expect(input.isImage(), "an image of three axes", input);
    return input;
  }

  static void positive(int... sizes) {
    for (int size : sizes) {
      expect(size > 0, "positive sizes", size);
    }
  }

  static void expect(boolean holds, String what, Object got) {
    if (!holds) {
      throw new IllegalArgumentException("the layer takes " + what + ", got " + got);
    }
  }
}
