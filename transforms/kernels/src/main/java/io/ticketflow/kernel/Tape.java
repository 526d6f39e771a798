package io.ticketflow.kernel;

import java.util.Arrays;

/**
 * Some rows of a block, one behind the other, that are made when they are needed and are in the
 * second cache while they are read. Rows above and below the map are 0.
 */
final class Tape implements Window {
  private final Kind kind;
  private final float[] array;
  private final int first;
  private final int step;
  private RowSource source = (block, row, to, at) -> {};
  private int block;
  private int height;

  /** The block's row at the tape's begin. */
  private int base;

  /** Rows before this one were made. */
  private int made;

  /**
   * What rows are alike.
   *
   * @param rows for which there is room
   * @param back whether it holds a gradient, so that values can have another one
   */
  record Kind(int channels, int width, int border, int rows, boolean back) {
    static Kind of(FeatureMap map, int rows, boolean back) {
      return new Kind(map.channels(), map.width(), map.border(), rows, back);
    }
  }

  Tape(Kind kind) {
    this.kind = kind;
    step = kind.channels() * (kind.width() + kind.border()) * Kernels.LANES;
    array = CacheLine.array(kind.rows() * step + kind.border() * Kernels.LANES);
    first = CacheLine.first() + kind.border() * Kernels.LANES;
  }

  /** Begins anew with a block of a map of so many rows. */
  Tape begin(RowSource from, int ofBlock, int rows) {
    source = from;
    block = ofBlock;
    height = rows;
    base = Integer.MIN_VALUE;
    made = Integer.MIN_VALUE;
    return this;
  }

  @Override
  public void need(int from, int to) {
    if (from > made) {
      base = from;
      made = from;
    }
    if (to - base > kind.rows()) {
      System.arraycopy(array, at(from), array, first, (made - from) * step);
      base = from;
    }
    for (; made < to; made++) {
      int at = at(made);
      if (made < 0 || made >= height) {
        Arrays.fill(array, at, at + step - kind.border() * Kernels.LANES, 0);
      } else {
        source.row(block, made, array, at);
      }
    }
  }

  @Override
  public float[] array() {
    return array;
  }

  @Override
  public int at(int row) {
    return first + (row - base) * step;
  }
}
