package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;
import io.ticketflow.kernel.WeightGradient.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Block by block, some rows at a time. Rows that BatchNorm makes are made when they are read, and
 * what follows a row that is written follows at once; so a batch passes through memory once where
 * map by map it would pass several times. On the way back the gradient in the weights and the
 * gradient in what was read come from the same rows.
 */
final class ByRows implements Walk {
  private final Crew crew;
  private final Geometry geometry;
  private final FeatureMap out;
  private final RowWindows windows;
  private final Direction there;
  private final Line line;
  private final RowsBack back;
  private final List<Slice> slices;

  /** Who measures what is written, if one thread writes all of it. */
  private final @Nullable Follower measuring;

  private final Crew.Work forward;
  private final Crew.Work backAtOnce;
  private final Crew.Work backWeights;
  private final Crew.Work backFurther;

  // of the batch
  private float[] weights = new float[0];
  private Begin begin = Begin.THERE;
  private int images;
  private @Nullable Follower follower;

  ByRows(Crew crew, Geometry geometry, Sink sink, FeatureMap out, TapLists taps, Beside beside) {
    this.crew = crew;
    this.geometry = geometry;
    this.out = out;
    windows = new RowWindows(crew, geometry, sink.map(), out, beside);
    there = taps.there();
    line = there.grid().line();
    slices = WeightGradient.slices(taps.gradient(), crew.threads(), out.channelStep());
    List<Direction> ways = sink.wanted() ? taps.back() : List.of();
    back = new RowsBack(crew.kernels(), geometry, sink.map(), out, beside, windows, ways);
    Normalisation behind = beside.behind();
    // several threads would begin with values of different blocks
    measuring = behind == null || crew.threads() > 1 ? null : behind.measuring();
    forward = (block, hand) -> forward(block, hand);
    backAtOnce = (block, hand) -> back.block(block, slices.get(0), true, hand);
    backWeights = (part, hand) -> backWeights(slices.get(part), hand);
    backFurther = (block, hand) -> back.block(block, null, true, hand);
  }

  @Override
  public void forward(float[] all, Begin with, int count, boolean training) {
    weights = all;
    begin = with;
    images = count;
    follower = training ? measuring : null;
    crew.each(out.blocks(count), forward);
  }

  private void forward(int block, Hand hand) {
    Window read = windows.values(block, hand);
    if (follower != null) {
      follower.begin(hand);
    }
    for (int from = 0; from < out.height(); from += windows.together()) {
      int to = Math.min(out.height(), from + windows.together());
      windows.needThere(read, from, to);
      for (int row = from; row < to; row++) {
        row(block, row, read);
        if (follower != null) {
          follower.row(block, row, hand);
        }
      }
    }
    if (follower != null) {
      follower.end(block, images, hand);
    }
  }

  private void row(int block, int row, Window read) {
    int x = read.at(row * geometry.stride());
    int at = there.grid().at(block, row);
    windows.touch(out, out.values(), at);
    there.run(crew.kernels(), weights, begin, read.array(), x, out.values(), at, line);
  }

  @Override
  public void backward(
      float[] all, Begin with, int count, float[] gradient, int bias, float[] biases) {
    images = count;
    int blocks = out.blocks(count);
    back.begin(all, with, count, gradient, bias >= 0);
    if (crew.threads() == 1) {
      crew.each(blocks, backAtOnce);
    } else {
      // sums over a batch go on from block to block, so each thread takes some of the weights
      crew.each(slices.size(), backWeights);
      crew.each(blocks, backFurther);
    }
    if (bias >= 0) {
      back.biases(biases, bias);
    }
  }

  private void backWeights(Slice slice, Hand hand) {
    int blocks = out.blocks(images);
    for (int block = 0; block < blocks; block++) {
      back.block(block, slice, false, hand);
    }
  }
}
