package io.ticketflow.kernel;

import io.ticketflow.kernel.WeightGradient.Slice;
import java.util.List;

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
  private final Beside beside;
  private final RowWindows windows;
  private final Direction there;
  private final Line line;
  private final RowsBack back;
  private final List<Slice> slices;

  ByRows(Crew crew, Geometry geometry, Sink sink, FeatureMap out, TapLists taps, Beside beside) {
    this.crew = crew;
    this.geometry = geometry;
    this.out = out;
    this.beside = beside;
    windows = new RowWindows(crew, geometry, sink.map(), out, beside);
    there = taps.there();
    line = there.grid().line();
    slices = WeightGradient.slices(taps.gradient(), crew.threads(), out.channelStep());
    List<Direction> ways = sink.wanted() ? taps.back() : List.of();
    back = new RowsBack(crew.kernels(), geometry, sink.map(), out, beside, windows, ways);
  }

  @Override
  public void forward(float[] weights, Begin begin, int images, boolean training) {
    // several threads would begin with values of different blocks
    boolean measures = training && crew.threads() == 1;
    Normalisation behind = measures ? beside.behind() : null;
    List<Follower> followers = behind == null ? List.of() : List.of(behind.measuring());
    crew.each(
        out.blocks(images),
        (block, hand) -> {
          Window read = windows.values(block, hand);
          followers.forEach(each -> each.begin(hand));
          for (int from = 0; from < out.height(); from += windows.together()) {
            int to = Math.min(out.height(), from + windows.together());
            windows.needThere(read, from, to);
            for (int row = from; row < to; row++) {
              row(block, row, weights, begin, read);
              for (Follower each : followers) {
                each.row(block, row, hand);
              }
            }
          }
          followers.forEach(each -> each.end(block, images, hand));
        });
  }

  private void row(int block, int row, float[] weights, Begin begin, Window read) {
    int x = read.at(row * geometry.stride());
    int at = there.grid().at(block, row);
    windows.touch(out, out.values(), at);
    there.run(crew.kernels(), weights, begin, read.array(), x, out.values(), at, line);
  }

  @Override
  public void backward(
      float[] weights, Begin begin, int images, float[] gradient, int bias, float[] biases) {
    int blocks = out.blocks(images);
    back.begin(weights, begin, images, gradient, bias >= 0);
    if (crew.threads() == 1) {
      crew.each(blocks, (block, hand) -> back.block(block, slices.get(0), true, hand));
    } else {
      // sums over a batch go on from block to block, so each thread takes some of the weights
      crew.each(
          slices.size(),
          (part, hand) -> {
            for (int block = 0; block < blocks; block++) {
              back.block(block, slices.get(part), false, hand);
            }
          });
      crew.each(blocks, (block, hand) -> back.block(block, null, true, hand));
    }
    if (bias >= 0) {
      back.biases(biases, bias);
    }
  }
}
