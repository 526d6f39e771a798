package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;
import io.ticketflow.kernel.WeightGradient.Slice;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way back of {@link ByRows}. */
final class RowsBack {
  private static final Follower[] NONE = {};

  private final Kernels kernels;
  private final Geometry geometry;
  private final FeatureMap in;
  private final FeatureMap out;
  private final RowWindows windows;
  private final Follower[] complete;
  private final Direction[] ways;
  private final Line[] wayLines;
  private final int rows;
  private final Line line;
  private final Places places;
  private final float[][] arranged;
  private final float[] biasSums;

  // of the batch
  private Begin begin = Begin.THERE;
  private int images;
  private float[] gradient = new float[0];
  private boolean hasBias;

  /**
   * The way back of a layer.
   *
   * @param ways to what was read; none if nobody asks for the gradient there
   */
  RowsBack(
      Kernels kernels,
      Geometry geometry,
      FeatureMap in,
      FeatureMap out,
      Beside beside,
      RowWindows windows,
      List<Direction> ways) {
    this.kernels = kernels;
    this.geometry = geometry;
    this.in = in;
    this.out = out;
    this.windows = windows;
    complete = beside.complete().toArray(Follower[]::new);
    this.ways = ways.toArray(Direction[]::new);
    wayLines = ways.stream().map(way -> way.grid().line()).toArray(Line[]::new);
    int most = ways.stream().mapToInt(way -> way.grid().rows()).max().orElse(0);
    rows = Math.max(out.height(), most);
    Grid grid = Grid.there(geometry, in, out);
    line = grid.line();
    places = grid.places(windows.together() * out.width());
    arranged = new float[ways.size()][];
    biasSums = new float[out.channels() * Kernels.LANES];
  }

  /** Before a batch. */
  void begin(float[] weights, Begin with, int count, float[] ofWeights, boolean biased) {
    for (int i = 0; i < arranged.length; i++) {
      arranged[i] = ways[i].arranged(weights);
    }
    begin = with;
    images = count;
    gradient = ofWeights;
    hasBias = biased;
    Arrays.fill(biasSums, 0);
  }

  /** Writes the gradient in the biases, behind a batch. */
  void biases(float[] to, int first) {
    for (int channel = 0; channel < out.channels(); channel++) {
      to[first + channel] = ScalarKernels.tree(biasSums, channel * Kernels.LANES);
    }
  }

  /**
   * One block's.
   *
   * @param slice of the weights whose gradient is added up, block after block; null = none
   * @param further whether the gradient goes on to what was read
   */
  void block(int block, @Nullable Slice slice, boolean further, Hand hand) {
    Window read = windows.values(block, hand);
    Window written = windows.gradient(block, hand);
    Follower[] followers = further ? complete : NONE;
    for (Follower each : followers) {
      each.begin(hand);
    }
    int end = further ? rows : out.height();
    for (int from = 0; from < end; from += windows.together()) {
      int to = Math.min(end, from + windows.together());
      windows.needBack(written, from, to);
      if (slice != null && from < out.height()) {
        int last = Math.min(to, out.height());
        windows.needThere(read, from, last);
        weights(block, from, last, slice, read, written, hand);
      }
      if (further) {
        further(block, from, to, written);
      }
      for (Follower each : followers) {
        int behind = Math.min(in.height(), to * geometry.stride());
        for (int row = from * geometry.stride(); row < behind; row++) {
          each.row(block, row, hand);
        }
      }
    }
    for (Follower each : followers) {
      each.end(block, images, hand);
    }
  }

  private void weights(
      int block, int from, int to, Slice slice, Window read, Window written, Hand hand) {
    boolean first = block == 0 && from == 0;
    boolean last = block == out.blocks(images) - 1 && to == out.height();
    if (slice.taps().alike()) {
      dense(from, to, slice, slice.part(first, last, hand), read, written);
    } else {
      sparse(from, to, slice, first, last, read, written, hand);
    }
    for (int row = from; hasBias && slice.first() == 0 && row < to; row++) {
      for (int channel = 0; channel < out.channels(); channel++) {
        int at = written.at(row) + channel * out.channelStep();
        kernels.sum(written.array(), at, out.width(), biasSums, channel * Kernels.LANES);
      }
    }
  }

  private void dense(int from, int to, Slice slice, Part part, Window read, Window written) {
    int x = read.at(from * geometry.stride()) - places.in()[0];
    int y = written.at(from) - places.out()[0] + slice.first();
    int count = (to - from) * out.width();
    Taps taps = slice.taps();
    kernels.gradient(taps, read.array(), x, written.array(), y, places, 0, count, part, gradient);
  }

  private void sparse(
      int from,
      int to,
      Slice slice,
      boolean first,
      boolean last,
      Window read,
      Window written,
      Hand hand) {
    Taps taps = slice.taps();
    int count = taps.offset().length;
    float[] sums = slice.sums(hand);
    int at = CacheLine.first();
    if (first) {
      Arrays.fill(sums, at, at + count * Kernels.LANES, 0);
    }
    int x = read.at(from * geometry.stride());
    int y = written.at(from) + slice.first();
    kernels.products(
        taps,
        0,
        taps.rows(),
        read.array(),
        x,
        written.array(),
        y,
        line,
        to - from,
        read.at((from + 1) * geometry.stride()) - x,
        written.at(from + 1) + slice.first() - y,
        sums,
        at);
    if (last) {
      kernels.lanes(sums, at, count, gradient, taps.base());
    }
  }

  private void further(int block, int from, int to, Window written) {
    for (int i = 0; i < arranged.length; i++) {
      Direction way = ways[i];
      int end = Math.min(to, way.grid().rows());
      for (int row = from; row < end; row++) {
        int y = written.at(row);
        int at = way.grid().at(block, row);
        windows.touch(in, in.gradient(), at);
        way.run(kernels, arranged[i], begin, written.array(), y, in.gradient(), at, wayLines[i]);
      }
    }
  }
}
