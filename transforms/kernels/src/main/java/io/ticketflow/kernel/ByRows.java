package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;
import io.ticketflow.kernel.WeightGradient.Slice;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Block by block, some rows at a time. Rows that BatchNorm makes are made when they are read, and
 * what follows a row that is written follows at once; so a batch passes through memory once where
 * map by map it would pass several times. On the way back the gradient in the weights and the
 * gradient in what was read come from the same rows.
 */
final class ByRows implements Walk {
  /** Places of a channel that are worked on together. */
  private static final int PLACES = 128;

  /** Rows of room beyond what is needed at once, so that rows are seldom moved. */
  private static final int SPARE = 2;

  private final Crew crew;
  private final Geometry geometry;
  private final FeatureMap in;
  private final FeatureMap out;
  private final Beside beside;
  private final int together;
  private final Direction there;
  private final List<Direction> back;
  private final List<Slice> slices;
  private final Places places;
  private final Tape.Kind values;
  private final Tape.Kind gradients;
  private final float[] biasSums;

  /** Of no use but that the compiler must read what is touched. */
  @SuppressWarnings("unused")
  private float touched;

  ByRows(Crew crew, Geometry geometry, Sink sink, FeatureMap out, TapLists taps, Beside beside) {
    this.crew = crew;
    this.geometry = geometry;
    this.out = out;
    this.beside = beside;
    in = sink.map();
    together = Math.max(1, Math.min(out.height(), PLACES / out.width()));
    there = taps.there();
    back = sink.wanted() ? taps.back() : List.of();
    slices = WeightGradient.slices(taps.gradient(), crew.threads(), out.channelStep());
    places = WeightGradient.places(geometry, in, out, together * out.width());
    int read = (together - 1) * geometry.stride() + geometry.kernel();
    values = Tape.Kind.of(in, read + SPARE, false);
    int behind = together + geometry.lastBehind() - geometry.firstBehind();
    gradients = Tape.Kind.of(out, behind + SPARE, true);
    biasSums = new float[out.channels() * Kernels.LANES];
  }

  private Window values(int block, Hand hand) {
    Normalisation before = beside.before();
    return before == null
        ? new Window.Lying(in, in.values(), block)
        : hand.tape(values).begin(before::value, block, in.height());
  }

  private Window gradient(int block, Hand hand) {
    Normalisation behind = beside.behind();
    return behind == null
        ? new Window.Lying(out, out.gradient(), block)
        : hand.tape(gradients).begin(behind::gradient, block, out.height());
  }

  /** A row that is written next, channel by channel: memory is faster in order. */
  private void touch(float[] values, int at, FeatureMap map) {
    touched = crew.kernels().touch(values, at, at + map.rowStep() - map.border() * Kernels.LANES);
  }

  /** Rows that are read for rows {@code from … to − 1} of what is written. */
  private void need(Window window, int from, int to) {
    int top = from * geometry.stride() - geometry.padding();
    window.need(top, top + (to - from - 1) * geometry.stride() + geometry.kernel());
  }

  @Override
  public void forward(float[] weights, Begin begin, int images, boolean training) {
    // several threads would begin with values of different blocks
    boolean measures = training && crew.threads() == 1;
    Normalisation behind = measures ? beside.behind() : null;
    Follower follower = behind == null ? null : behind.measuring();
    Line line = there.grid().line();
    crew.each(
        out.blocks(images),
        (block, hand) -> {
          Window read = values(block, hand);
          if (follower != null) {
            follower.begin(hand);
          }
          for (int from = 0; from < out.height(); from += together) {
            int to = Math.min(out.height(), from + together);
            need(read, from, to);
            for (int row = from; row < to; row++) {
              int x = read.at(row * geometry.stride());
              int at = there.grid().at(block, row);
              touch(out.values(), at, out);
              there.run(crew.kernels(), weights, begin, read.array(), x, out.values(), at, line);
              if (follower != null) {
                follower.row(block, row, hand);
              }
            }
          }
          if (follower != null) {
            follower.end(block, images, hand);
          }
        });
  }

  @Override
  public void backward(
      float[] weights, Begin begin, int images, float[] gradient, int bias, float[] biases) {
    int blocks = out.blocks(images);
    Back pass = new Back(weights, begin, images, blocks, gradient, bias);
    Arrays.fill(biasSums, 0);
    if (crew.threads() == 1) {
      Slice all = slices.isEmpty() ? null : slices.get(0);
      crew.each(blocks, (block, hand) -> pass.block(block, all, true, hand));
    } else {
      // sums over a batch go on from block to block, so each thread takes some of the weights
      crew.each(
          slices.size(),
          (part, hand) -> {
            for (int block = 0; block < blocks; block++) {
              pass.block(block, slices.get(part), false, hand);
            }
          });
      crew.each(blocks, (block, hand) -> pass.block(block, null, true, hand));
    }
    for (int channel = 0; bias >= 0 && channel < out.channels(); channel++) {
      biases[bias + channel] = ScalarKernels.tree(biasSums, channel * Kernels.LANES);
    }
  }

  /** A batch's way back. */
  private final class Back {
    private final List<float[]> arranged;
    private final Begin begin;
    private final int images;
    private final int blocks;
    private final float[] gradient;
    private final int bias;

    Back(float[] weights, Begin begin, int images, int blocks, float[] gradient, int bias) {
      arranged = back.stream().map(each -> each.arranged(weights)).toList();
      this.begin = begin;
      this.images = images;
      this.blocks = blocks;
      this.gradient = gradient;
      this.bias = bias;
    }

    /**
     * One block's.
     *
     * @param slice of the weights whose gradient is added up; null = none
     * @param further whether the gradient goes on to what was read
     */
    void block(int block, @Nullable Slice slice, boolean further, Hand hand) {
      Window read = values(block, hand);
      Window written = ByRows.this.gradient(block, hand);
      List<Follower> followers = further ? beside.complete() : List.of();
      for (Follower each : followers) {
        each.begin(hand);
      }
      int rows = further ? Math.max(out.height(), lines()) : out.height();
      for (int from = 0; from < rows; from += together) {
        int to = Math.min(rows, from + together);
        written.need(from + geometry.firstBehind(), to + geometry.lastBehind());
        if (slice != null && from < out.height()) {
          int end = Math.min(to, out.height());
          need(read, from, end);
          weights(block, from, end, slice, read, written, hand);
        }
        if (further) {
          further(block, from, to, written);
        }
        for (Follower each : followers) {
          int end = Math.min(in.height(), to * geometry.stride());
          for (int row = from * geometry.stride(); row < end; row++) {
            each.row(block, row, hand);
          }
        }
      }
      for (Follower each : followers) {
        each.end(block, images, hand);
      }
    }

    private int lines() {
      return back.stream().mapToInt(each -> each.grid().rows()).max().orElse(0);
    }

    private void weights(
        int block, int from, int to, Slice slice, Window read, Window written, Hand hand) {
      boolean first = block == 0 && from == 0;
      boolean last = block == blocks - 1 && to == out.height();
      if (slice.taps().alike()) {
        int x = read.at(from * geometry.stride()) - places.in()[0];
        int y = written.at(from) - places.out()[0];
        crew.kernels()
            .gradient(
                slice.taps(),
                read.array(),
                x,
                written.array(),
                y + slice.first(),
                places,
                0,
                (to - from) * out.width(),
                slice.part(first, last, hand),
                gradient);
      } else {
        sparse(from, to, first, last, slice, read, written, hand);
      }
      for (int row = from; bias >= 0 && slice.first() == 0 && row < to; row++) {
        for (int channel = 0; channel < out.channels(); channel++) {
          int at = written.at(row) + channel * out.channelStep();
          int lanes = channel * Kernels.LANES;
          crew.kernels().sum(written.array(), at, out.width(), biasSums, lanes);
        }
      }
    }

    private void sparse(
        int from,
        int to,
        boolean first,
        boolean last,
        Slice slice,
        Window read,
        Window written,
        Hand hand) {
      Taps taps = slice.taps();
      int count = taps.offset().length;
      float[] sums = slice.sums(hand);
      if (first) {
        Arrays.fill(sums, 0, count * Kernels.LANES, 0);
      }
      Line line = there.grid().line();
      for (int row = from; row < to; row++) {
        int x = read.at(row * geometry.stride());
        int y = written.at(row) + slice.first();
        crew.kernels()
            .products(taps, 0, taps.rows(), read.array(), x, written.array(), y, line, sums);
      }
      if (last) {
        crew.kernels().lanes(sums, count, gradient, taps.base());
      }
    }

    private void further(int block, int from, int to, Window written) {
      for (int i = 0; i < back.size(); i++) {
        Direction each = back.get(i);
        float[] weights = arranged.get(i);
        Line line = each.grid().line();
        int end = Math.min(to, each.grid().rows());
        for (int row = from; row < end; row++) {
          int y = written.at(row);
          int at = each.grid().at(block, row);
          touch(in.gradient(), at, in);
          each.run(crew.kernels(), weights, begin, written.array(), y, in.gradient(), at, line);
        }
      }
    }
  }
}
