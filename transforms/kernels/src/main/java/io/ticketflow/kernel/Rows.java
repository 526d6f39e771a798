package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;

/** The rows of two maps of one shape, which may have borders of different widths. */
final class Rows implements Crew.Work {
  private final Crew crew;
  private final FeatureMap first;
  private final FeatureMap second;
  private final Pair pair;

  /** What is done with a row of each. */
  @FunctionalInterface
  interface Pair {
    /** Takes where the rows begin, and how many floats they have. */
    void take(int first, int second, int floats);
  }

  Rows(Crew crew, FeatureMap first, FeatureMap second, Pair pair) {
    this.crew = crew;
    this.first = first;
    this.second = second;
    this.pair = pair;
  }

  /** Hands the gradient in a map on as it is. */
  static Rows passing(Crew crew, FeatureMap map, Sink to) {
    FeatureMap other = to.map();
    return new Rows(
        crew,
        map,
        other,
        to.adds()
            ? (source, target, floats) ->
                crew.kernels().add(other.gradient(), target, map.gradient(), source, floats, false)
            : (source, target, floats) ->
                System.arraycopy(map.gradient(), source, other.gradient(), target, floats));
  }

  /** All rows of so many images. */
  void run(int images) {
    crew.each(first.blocks(images), this);
  }

  @Override
  public void part(int block, Hand hand) {
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
}
