package io.ticketflow.kernel;

/** The pixels of a map as features: channel by channel, row by row. */
public final class Flatten implements Unit {
  private final Crew crew;
  private final Sink in;
  private final FeatureMap out;
  private final Crew.Work forward;
  private final Crew.Work backward;

  /**
   * A layer of a network.
   *
   * @param out of as many channels as the map has pixels
   */
  public Flatten(Crew crew, Sink in, FeatureMap out) {
    this.crew = crew;
    this.in = in;
    this.out = out;
    Pair there =
        (pixel, feature) ->
            System.arraycopy(in.map().values(), pixel, out.values(), feature, Kernels.LANES);
    forward = (block, hand) -> block(block, there);
    Pair back = this::back;
    backward = (block, hand) -> block(block, back);
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    crew.each(out.blocks(images), forward);
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    if (in.wanted()) {
      crew.each(out.blocks(images), backward);
    }
  }

  private void back(int pixel, int feature) {
    float[] to = in.map().gradient();
    for (int lane = 0; lane < Kernels.LANES; lane++) {
      float there = in.adds() ? to[pixel + lane] : 0;
      to[pixel + lane] = there + out.gradient()[feature + lane];
    }
  }

  @FunctionalInterface
  private interface Pair {
    void take(int in, int out);
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
