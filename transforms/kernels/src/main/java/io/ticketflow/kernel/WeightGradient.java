package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The gradient in a layer's kept weights, over parts of a batch that fit the second cache. */
final class WeightGradient {
  /** Places up to which a batch is one part. */
  private static final int WHOLE = 512;

  /** Places of a part of a larger one. */
  private static final int RUN = 128;

  private final Crew crew;
  private final FeatureMap in;
  private final FeatureMap out;
  private final int perBlock;
  private final int run;
  private final Places places;
  private final Line line;
  private final List<Slice> slices;
  private final Crew.Work work;

  // of the batch
  private int blocks;
  private float[] gradient = new float[0];

  /**
   * Output channels of a layer, which one thread works on.
   *
   * @param first how far behind channel 0 the first of them writes, in floats
   */
  record Slice(Taps taps, int first) {
    Part part(boolean first, boolean last, Hand hand) {
      return hand.part().of(first, last, sums(hand), CacheLine.first());
    }

    /** Lanes of every tap, and some more, as eight are added up at a time. */
    float[] sums(Hand hand) {
      return hand.many((taps.offset().length + Part.ROOM + 7) * Kernels.LANES);
    }
  }

  WeightGradient(Crew crew, Geometry geometry, FeatureMap in, FeatureMap out, Taps taps) {
    this.crew = crew;
    this.in = in;
    this.out = out;
    perBlock = out.height() * out.width();
    int count = out.blocks(out.images()) * perBlock;
    run = count <= WHOLE ? count : RUN;
    Grid grid = Grid.there(geometry, in, out);
    places = grid.places(count);
    line = grid.line();
    slices = slices(taps, crew.threads(), out.channelStep());
    work = (part, hand) -> run(slices.get(part), hand);
  }

  /** A layer's channels for so many threads, as many taps each. */
  static List<Slice> slices(Taps taps, int threads, int channelStep) {
    List<Slice> slices = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= threads; i++) {
      int end = end(taps, i, threads);
      if (end > first) {
        boolean whole = first == 0 && end == taps.rows();
        slices.add(new Slice(whole ? taps : taps.rows(first, end), first * channelStep));
        first = end;
      }
    }
    return slices;
  }

  /** The row up to which some threads of all work, each of them on as many taps; an even one. */
  private static int end(Taps taps, int some, int all) {
    int rows = taps.rows();
    int row = 0;
    while (row < rows && (long) taps.start()[row] * all < (long) taps.start()[rows] * some) {
      row++;
    }
    return some == all ? rows : row / 2 * 2;
  }

  /** Row by row of the weights, as each reads the same few places. */
  private void byRow(Slice slice, Hand hand) {
    Taps taps = slice.taps();
    float[] sums = slice.sums(hand);
    int at = CacheLine.first();
    for (int row = 0; row < taps.rows(); row++) {
      int first = taps.start()[row];
      int count = taps.start()[row + 1] - first;
      Arrays.fill(sums, at, at + count * Kernels.LANES, 0);
      for (int block = 0; block < blocks; block++) {
        int x = in.begin(block);
        int y = out.begin(block) + slice.first();
        crew.kernels()
            .products(
                taps, row, row + 1, in.values(), x, out.gradient(), y, line, 1, 0, 0, sums, at);
      }
      crew.kernels().lanes(sums, at, count, gradient, taps.base() + first);
    }
  }

  /** Writes it for so many blocks. */
  void run(int count, float[] to) {
    blocks = count;
    gradient = to;
    crew.each(slices.size(), work);
  }

  private void run(Slice slice, Hand hand) {
    if (out.isOfFeatures() && !slice.taps().alike()) {
      byRow(slice, hand);
      return;
    }
    int count = blocks * perBlock;
    for (int from = 0; from < count; from += run) {
      int to = Math.min(count, from + run);
      Part part = slice.part(from == 0, to == count, hand);
      crew.kernels()
          .gradient(
              slice.taps(),
              in.values(),
              0,
              out.gradient(),
              slice.first(),
              places,
              from,
              to,
              part,
              gradient);
    }
  }
}
