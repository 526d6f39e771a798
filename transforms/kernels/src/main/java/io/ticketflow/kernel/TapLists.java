package io.ticketflow.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The taps of a layer's kept weights, for each way through them. */
final class TapLists {
  /** Taps whose places fit the first cache together, of a map of features. */
  private static final int CACHED = 64;

  private final Geometry geometry;
  private final FeatureMap in;
  private final FeatureMap out;
  private final int area;
  private final int fan;
  private final int[] places;
  private final int kept;
  private final boolean dense;
  private final int base;

  TapLists(Geometry geometry, FeatureMap in, FeatureMap out, WeightMask mask) {
    this.geometry = geometry;
    this.in = in;
    this.out = out;
    area = geometry.kernel() * geometry.kernel();
    fan = in.channels() * area;
    places = mask.places(out.channels() * fan);
    base = mask.base();
    int count = 0;
    for (int place : places) {
      count += place < 0 ? 0 : 1;
    }
    kept = count;
    dense = mask.isFull();
  }

  /** From what is read to what is written; every row is an output channel. */
  Direction there() {
    int[] offsets = new int[fan];
    for (int tap = 0; tap < fan; tap++) {
      offsets[tap] = offsetThere(tap);
    }
    Grid grid = Grid.there(geometry, in, out);
    if (dense) {
      int chunk = in.isOfFeatures() ? CACHED : fan;
      return new Direction.Dense(
          grid, new Block(out.channels(), offsets, null, base, fan), Math.max(1, chunk));
    }
    return Direction.Sparse.of(grid, gradient());
  }

  /** Every kept weight, row by row, as it is read on the way there. */
  Taps gradient() {
    int[] start = new int[out.channels() + 1];
    int[] offset = new int[kept];
    int next = 0;
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= 0) {
        offset[next++] = offsetThere(i % fan);
      }
      if (i % fan == fan - 1) {
        start[i / fan + 1] = next;
      }
    }
    return new Taps(start, offset, null, base, dense);
  }

  private int offsetThere(int tap) {
    int inSquare = tap % area;
    int row = inSquare / geometry.kernel() - geometry.padding();
    int column = inSquare % geometry.kernel() - geometry.padding();
    return tap / area * in.channelStep() + row * in.rowStep() + column * Kernels.LANES;
  }

  /** From the gradient of what was written to that of what was read; rows are input channels. */
  List<Direction> back() {
    List<Direction> all = new ArrayList<>();
    for (int rows = 0; rows < geometry.stride(); rows++) {
      for (int columns = 0; columns < geometry.stride(); columns++) {
        int top = geometry.firstOf(rows);
        int left = geometry.firstOf(columns);
        if (top < in.height() && left < in.width()) {
          all.add(back(rows, columns, top, left));
        }
      }
    }
    return all;
  }

  /** The one way back of the kept weights alone, at stride 1. */
  Direction.Sparse keptBack() {
    return sparseBack(Grid.back(geometry, in, out, 0, 0), squares(0, 0, 0, 0));
  }

  /** Whether there is a tap for every weight. */
  boolean isDense() {
    return dense;
  }

  private Direction back(int rows, int columns, int top, int left) {
    Grid grid = Grid.back(geometry, in, out, top, left);
    List<int[]> squares = squares(rows, columns, top, left);
    return dense ? denseBack(grid, squares) : sparseBack(grid, squares);
  }

  /** What of a square is read for such places: each weight's place in it, and its offset. */
  private List<int[]> squares(int rows, int columns, int top, int left) {
    List<int[]> squares = new ArrayList<>();
    for (int row = rows; row < geometry.kernel(); row += geometry.stride()) {
      for (int column = columns; column < geometry.kernel(); column += geometry.stride()) {
        int down = (top + geometry.padding() - row) / geometry.stride();
        int right = (left + geometry.padding() - column) / geometry.stride();
        squares.add(
            new int[] {
              row * geometry.kernel() + column, down * out.rowStep() + right * Kernels.LANES
            });
      }
    }
    return squares;
  }

  private Direction denseBack(Grid grid, List<int[]> squares) {
    int taps = out.channels() * squares.size();
    int[] offset = new int[taps];
    int[] weight = new int[taps];
    int next = 0;
    for (int channel = 0; channel < out.channels(); channel++) {
      for (int[] square : squares) {
        offset[next] = channel * out.channelStep() + square[1];
        weight[next++] = base + channel * fan + square[0];
      }
    }
    int chunk = in.isOfFeatures() ? CACHED : Math.max(1, taps);
    return new Direction.Dense(grid, new Block(in.channels(), offset, weight, 0, area), chunk);
  }

  private Direction.Sparse sparseBack(Grid grid, List<int[]> squares) {
    int[] start = new int[in.channels() + 1];
    int[] offset = new int[kept];
    int[] weight = new int[kept];
    int next = 0;
    for (int row = 0; row < in.channels(); row++) {
      for (int channel = 0; channel < out.channels(); channel++) {
        for (int[] square : squares) {
          int place = places[channel * fan + row * area + square[0]];
          if (place >= 0) {
            offset[next] = channel * out.channelStep() + square[1];
            weight[next++] = place;
          }
        }
      }
      start[row + 1] = next;
    }
    return Direction.Sparse.of(
        grid, new Taps(start, Arrays.copyOf(offset, next), Arrays.copyOf(weight, next), 0, false));
  }
}
