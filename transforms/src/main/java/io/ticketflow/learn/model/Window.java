package io.ticketflow.learn.model;

/** A square window that slides over an image: what convolutions and pools have in common. */
record Window(int kernel, int stride, int padding) {
  Window {
    if (kernel < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "a window needs a kernel and a stride of at least 1 and no negative padding, got kernel "
              + kernel
              + ", stride "
              + stride
              + ", padding "
              + padding);
    }
  }

  /** The image of {@code channels} that has one entry per place of the window, rounded down. */
  FeatureShape slideOver(FeatureShape input, int channels) {
    return FeatureShape.image(
        channels, places(input, input.height()), places(input, input.width()));
  }

  private int places(FeatureShape input, int length) {
    int padded = length + 2 * padding;
    if (padded < kernel) {
      throw new IllegalArgumentException(
          "a window of "
              + kernel
              + "×"
              + kernel
              + (padding == 0 ? "" : " with padding " + padding)
              + " does not fit into "
              + input);
    }
    return (padded - kernel) / stride + 1;
  }
}
