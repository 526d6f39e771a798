package io.ticketflow.kernel;

/** The pixels of a map as features: channel by channel, row by row. */
public final class Flatten implements Unit {
  private final Crew crew;
  private final Sink in;
  private final FeatureMap out;

  /**
   * A layer of a network.
   *
   * @param out of as many channels as the map has pixels
   */
  public Flatten(Crew crew, Sink in, FeatureMap out) {
    this.crew = crew;
    this.in = in;
    this.out = out;
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    float[] values = in.map().values();
    float[] features = out.values();
    each(images, (from, to) -> System.arraycopy(values, from, features, to, Kernels.LANES));
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    if (!in.wanted()) {
      return;
    }
    float[] to = in.map().gradient();
    float[] features = out.gradient();
    each(
        images,
        (pixel, feature) -> {
          for (int lane = 0; lane < Kernels.LANES; lane++) {
            float there = in.adds() ? to[pixel + lane] : 0;
            to[pixel + lane] = there + features[feature + lane];
          }
        });
  }

  @FunctionalInterface
  private interface Pair {
    void take(int in, int out);
  }

  private void each(int images, Pair pair) {
    crew.each(out.blocks(images), (block, hand) -> block(block, pair));
  }

  private void block(int block, Pair pair) {
    FeatureMap read = in.map();
    int feature = 0;
    for (int channel = 0; channel < read.channels(); channel++) {
      for (int row = 0; row < read.height(); row++) {
        int from = read.at(block, row, 0) + channel * read.channelStep();
        for (int column = 0; column < read.width(); column++, feature++) {
          pair.take(
              from + column * Kernels.LANES, out.at(block, 0, 0) + feature * out.channelStep());
        }
      }
    }
  }
}
