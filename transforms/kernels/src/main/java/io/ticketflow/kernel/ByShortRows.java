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
  private final Direction.Sparse there;
  private final Direction.Sparse back;
  private final Places read;
  private final Places readBack;
  private final List<Slice> slices;
  private final BiasGradient biasGradient;

  ByShortRows(Crew crew, Geometry geometry, Sink sink, FeatureMap out, TapLists taps) {
    this.crew = crew;
    this.out = out;
    in = sink.map();
    further = sink.wanted();
    Taps kept = taps.gradient();
    there = Direction.Sparse.of(Grid.there(geometry, in, out), kept);
    back = taps.keptBack();
    read = places(there);
    readBack = places(back);
    slices = WeightGradient.slices(kept, crew.threads(), out.channelStep());
    biasGradient = new BiasGradient(crew, out);
  }

  /** Whether a convolution goes this way if it does not go row by row. */
  static boolean fits(Geometry geometry, FeatureMap in, FeatureMap out, TapLists taps) {
    return geometry.stride() == 1
        && in.width() % 2 == 0
        && out.width() % 2 == 0
        && !in.isOfFeatures()
        && !taps.isDense();
  }

  private static Places places(Direction.Sparse way) {
    FeatureMap to = way.grid().to();
    return way.grid().places(places(to, to.blocks(to.images())));
  }

  private static int places(FeatureMap map, int blocks) {
    return blocks * map.height() * map.width();
  }

  @Override
  public void forward(float[] weights, Begin begin, int images, boolean training) {
    int blocks = out.blocks(images);
    run(there, weights, begin, in.values(), out.values(), read, places(out, blocks));
  }

  @Override
  public void backward(
      float[] weights, Begin begin, int images, float[] gradient, int bias, float[] biases) {
    int blocks = out.blocks(images);
    crew.each(
        slices.size(),
        (part, hand) -> weights(slices.get(part), places(out, blocks), gradient, hand));
    if (bias >= 0) {
      biasGradient.run(blocks, bias, biases);
    }
    if (further) {
      int places = places(in, blocks);
      run(back, weights, begin, out.gradient(), in.gradient(), readBack, places);
    }
  }

  private void run(
      Direction.Sparse way,
      float[] weights,
      Begin begin,
      float[] from,
      float[] to,
      Places places,
      int count) {
    float[] arranged = way.arranged(weights);
    int groups = (count + TOGETHER - 1) / TOGETHER;
    int parts = crew.threads() == 1 ? 1 : groups;
    crew.each(
        parts,
        (part, hand) -> {
          int first = Crew.cut(groups, part, parts) * TOGETHER;
          int end = Math.min(count, Crew.cut(groups, part + 1, parts) * TOGETHER);
          crew.kernels().sparse(way.taps(), arranged, begin, from, to, places, first, end);
        });
  }

  private void weights(Slice slice, int count, float[] gradient, Hand hand) {
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
              read,
              from,
              to,
              sums,
              at);
    }
    crew.kernels().lanes(sums, at, kept, gradient, taps.base());
  }
}
