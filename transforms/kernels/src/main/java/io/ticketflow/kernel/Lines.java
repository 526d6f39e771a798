package io.ticketflow.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of places for the way there and the way back of a convolution, block by block. */
final class Lines {
  /** Shorter rows than a tile are read across blocks. */
  private static final int SHORT = KernelChoice.tile();

  private final List<Line[]> byBlocks = new ArrayList<>();

  /** Whether a line runs across all blocks. */
  private final boolean across;

  private Lines(boolean across) {
    this.across = across;
  }

  /** Lines of a batch of so many blocks: each block's own, or lines that run across them. */
  int count(int blocks) {
    return (across ? 1 : blocks) * byBlocks.get(0).length;
  }

  /** The line of that number in a batch of so many blocks. */
  Line line(int number, int blocks) {
    int each = byBlocks.get(0).length;
    return byBlocks.get(across ? blocks - 1 : number / each)[number % each];
  }

  /** The same lines, which write so many floats further on. */
  Lines further(int floats) {
    Lines moved = new Lines(across);
    for (Line[] some : byBlocks) {
      moved.byBlocks.add(
          Arrays.stream(some).map(line -> line.further(floats)).toArray(Line[]::new));
    }
    return moved;
  }

  /** Floats from a row of what is written to the next. */
  int rowStep() {
    return byBlocks.get(0)[0].rowStep();
  }

  /** Lines of the largest batch. */
  int most() {
    return count(byBlocks.size());
  }

  /** From what is read to what is written. */
  static Lines there(Geometry geometry, FeatureMap in, FeatureMap out) {
    return of(in, out, geometry.stride(), 1, 0, 0, out.height(), out.width());
  }

  /**
   * From the gradient of what was written to that of what was read, at every stride-th place.
   *
   * @param top first row of those places
   * @param left first column of those places
   */
  static Lines back(Geometry geometry, FeatureMap in, FeatureMap out, int top, int left) {
    int stride = geometry.stride();
    int rows = (in.height() - top + stride - 1) / stride;
    int columns = (in.width() - left + stride - 1) / stride;
    return of(out, in, 1, stride, top, left, rows, columns);
  }

  private static Lines of(
      FeatureMap from,
      FeatureMap to,
      int fromStep,
      int toStep,
      int top,
      int left,
      int rows,
      int columns) {
    int blocks = to.blocks(to.images());
    Lines lines = new Lines(columns < SHORT && blocks > 1);
    for (int block = 0; block < blocks; block++) {
      List<Line> some = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < (lines.across ? columns : 1); column++) {
          int first = lines.across ? 0 : block;
          some.add(
              new Line(
                  from.at(first, row * fromStep, column * fromStep),
                  lines.across ? from.blockSize() : fromStep * Kernels.LANES,
                  to.at(first, top + row * toStep, left + column * toStep),
                  lines.across ? to.blockSize() : toStep * Kernels.LANES,
                  to.channelStep(),
                  lines.across ? block + 1 : columns));
        }
      }
      lines.byBlocks.add(some.toArray(Line[]::new));
    }
    return lines;
  }
}
