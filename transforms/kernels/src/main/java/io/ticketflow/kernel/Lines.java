package io.ticketflow.kernel;

import java.util.ArrayList;
import java.util.List;

/** Lines of places of a direction of a convolution, block by block. */
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

  /** Lines of the largest batch. */
  int most() {
    return count(byBlocks.size());
  }

  static Lines of(Grid grid) {
    FeatureMap from = grid.from();
    FeatureMap to = grid.to();
    int blocks = to.blocks(to.images());
    Lines lines = new Lines(isShort(grid.columns()) && blocks > 1);
    for (int block = 0; block < blocks; block++) {
      List<Line> some = new ArrayList<>();
      int first = lines.across ? 0 : block;
      for (int row = 0; row < grid.rows(); row++) {
        for (int column = 0; column < (lines.across ? grid.columns() : 1); column++) {
          int read = from.at(first, row * grid.fromStep(), column * grid.fromStep());
          int left = column * grid.toStep() * Kernels.LANES;
          some.add(
              lines.across
                  ? new Line(
                      read,
                      from.blockSize(),
                      grid.at(0, row) + grid.line().out() + left,
                      to.blockSize(),
                      to.channelStep(),
                      block + 1)
                  : grid.line().from(read, grid.at(block, row)));
        }
      }
      lines.byBlocks.add(some.toArray(Line[]::new));
    }
    return lines;
  }

  /** Whether so many places are fewer than a tile. */
  static boolean isShort(int columns) {
    return columns < SHORT;
  }
}
