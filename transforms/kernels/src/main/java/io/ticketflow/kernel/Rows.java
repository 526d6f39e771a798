package io.ticketflow.kernel;

/** The rows of two maps of one shape, which may have borders of different widths. */
final class Rows {
  private Rows() {}

  /** What is done with a row of each. */
  @FunctionalInterface
  interface Pair {
    /** Takes where the rows begin, and how many floats they have. */
    void take(int first, int second, int floats);
  }

  static void each(Crew crew, FeatureMap first, FeatureMap second, int images, Pair pair) {
    crew.each(first.blocks(images), (block, hand) -> block(block, first, second, pair));
  }

  private static void block(int block, FeatureMap first, FeatureMap second, Pair pair) {
    int floats = first.width() * Kernels.LANES;
    for (int channel = 0; channel < first.channels(); channel++) {
      for (int row = 0; row < first.height(); row++) {
        pair.take(
            first.at(block, row, 0) + channel * first.channelStep(),
            second.at(block, row, 0) + channel * second.channelStep(),
            floats);
      }
    }
  }

  /** Hands the gradient in a map on as it is. */
  static void pass(Crew crew, FeatureMap map, Sink to, int images) {
    if (!to.wanted()) {
      return;
    }
    float[] from = map.gradient();
    float[] gradient = to.map().gradient();
    each(
        crew,
        map,
        to.map(),
        images,
        (source, target, floats) -> {
          if (to.adds()) {
            for (int i = 0; i < floats; i++) {
              gradient[target + i] += from[source + i];
            }
          } else {
            System.arraycopy(from, source, gradient, target, floats);
          }
        });
  }
}
