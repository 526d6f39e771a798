package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;
import io.ticketflow.kernel.WeightGradient.Slice;
import java.util.Arrays;
import java.util.List;

/**
 * Map by map, as {@link ByLines}, but only kept weights, at stride 1, where rows are even and
 * shorter than a tile. Tiles of several rows of a block stay near each other in memory, where lines
 * across blocks would read places that lie far apart.
 */
final class ByShortRows implements Walk {
  /** Places for which the sums of all taps are read and written once. */
  private static final int TOGETHER = 16;

  private final Crew crew;
  private final FeatureMap in;
  private final FeatureMap out;
  private final boolean further;
  private final Pass there;
  private final Pass back;
  private final List<Slice> slices;
  private final BiasGradient biasGradient;
  private final Crew.Work weightGradient;

  // of the batch
  private int count;
  private float[] gradient = new float[0];

  ByShortRows(Crew crew, Geometry geometry, Sink sink, FeatureMap out, TapLists taps) {
    this.crew = crew;
    this.out = out;
    in = sink.map();
    further = sink.wanted();
    Taps kept = taps.gradient();
    there = new Pass(Direction.Sparse.of(Grid.there(geometry, in, out), kept));
    back = new Pass(taps.keptBack());
    slices = WeightGradient.slices(kept, crew.threads(), out.channelStep());
    biasGradient = new BiasGradient(crew, out);
    weightGradient = (part, hand) -> weights(slices.get(part), hand);
  }

  /** Whether a convolution goes this way if it does not go row by row. */
  static boolean fits(Geometry geometry, FeatureMap in, FeatureMap out, TapLists taps) {
    return geometry.stride() == 1
        && in.width() % 2 == 0
        && out.width() % 2 == 0
        && !in.isOfFeatures()
        && !taps.isDense();
  }

  private static int places(FeatureMap map, int blocks) {
    return blocks * map.height() * map.width();
  }

  @Override
  public void forward(float[] weights, Begin begin, int images, boolean training) {
    there.run(weights, begin, in.values(), out.values(), out.blocks(images));
  }

  @Override
  public void backward(
      float[] weights, Begin begin, int images, float[] ofWeights, int bias, float[] biases) {
    int blocks = out.blocks(images);
    count = places(out, blocks);
    gradient = ofWeights;
    crew.each(slices.size(), weightGradient);
    if (bias >= 0) {
      biasGradient.run(blocks, bias, biases);
    }
    if (further) {
      back.run(weights, begin, out.gradient(), in.gradient(), blocks);
    }
  }

  private void weights(Slice slice, Hand hand) {
    Taps taps = slice.taps();
    int kept = taps.offset().length;
    float[] sums = slice.sums(hand);
    int at = CacheLine.first();
    Arrays.fill(sums, at, at + kept * Kernels.LANES, 0);
    for (int from = 0; from < count; from += TOGETHER) {
      int to = Math.min(count, from + TOGETHER);
      crew.kernels()
          .products(
              taps,
              0,
              taps.rows(),
              in.values(),
              out.gradient(),
              slice.first(),
              there.places,
              from,
              to,
              sums,
              at);
    }
    crew.kernels().lanes(sums, at, kept, gradient, taps.base());
  }

  /** All places of a batch, in one direction. */
  private final class Pass implements Crew.Work {
    private final Direction.Sparse way;
    private final FeatureMap to;
    private final Places places;

    // of the batch
    private float[] weights = new float[0];
    private Begin begin = Begin.THERE;
    private float[] read = new float[0];
    private float[] written = new float[0];
    private int count;
    private int groups;
    private int parts;

    Pass(Direction.Sparse way) {
      this.way = way;
      to = way.grid().to();
      places = way.grid().places(places(to, to.blocks(to.images())));
    }

    void run(float[] all, Begin with, float[] from, float[] into, int blocks) {
      weights = way.arranged(all);
      begin = with;
      read = from;
      written = into;
      count = places(to, blocks);
      groups = (count + TOGETHER - 1) / TOGETHER;
      parts = crew.threads() == 1 ? 1 : groups;
      crew.each(parts, this);
    }

    @Override
    public void part(int part, Hand hand) {
      int first = Crew.cut(groups, part, parts) * TOGETHER;
      int end = Math.min(count, Crew.cut(groups, part + 1, parts) * TOGETHER);
      crew.kernels().sparse(way.taps(), weights, begin, read, written, places, first, end);
    }
  }
}
