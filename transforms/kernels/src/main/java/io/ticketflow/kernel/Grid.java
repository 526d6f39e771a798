package io.ticketflow.kernel;

/**
 * Places of a map that a direction of a convolution writes, and those that it reads for them: rows
 * and columns at even distances.
 *
 * @param from the map that is read
 * @param to the map that is written
 * @param fromStep rows, and columns, from a place that is read to the next
 * @param toStep likewise of what is written
 * @param top the first row that is written
 * @param left the first column that is written
 * @param rows how many are written
 * @param columns how many are written
 */
record Grid(
    FeatureMap from,
    FeatureMap to,
    int fromStep,
    int toStep,
    int top,
    int left,
    int rows,
    int columns) {
  /** From what is read to what is written. */
  static Grid there(Geometry geometry, FeatureMap in, FeatureMap out) {
    return new Grid(in, out, geometry.stride(), 1, 0, 0, out.height(), out.width());
  }

  /**
   * From the gradient of what was written to that of what was read, at every stride-th place.
   *
   * @param top first row of those places
   * @param left first column of those places
   */
  static Grid back(Geometry geometry, FeatureMap in, FeatureMap out, int top, int left) {
    int stride = geometry.stride();
    int rows = (in.height() - top + stride - 1) / stride;
    int columns = (in.width() - left + stride - 1) / stride;
    return new Grid(out, in, 1, stride, top, left, rows, columns);
  }

  /** Floats from a channel of what is written to the next. */
  int channelStep() {
    return to.channelStep();
  }

  /** One row of places, of any row: what is read and written begins where the caller says. */
  Line line() {
    return new Line(
        0,
        fromStep * Kernels.LANES,
        left * Kernels.LANES,
        toStep * Kernels.LANES,
        channelStep(),
        columns);
  }

  /** The first places, block by block and row by row. */
  Places places(int count) {
    int[] read = new int[count];
    int[] written = new int[count];
    for (int i = 0; i < count; i++) {
      int block = i / (rows * columns);
      int row = i / columns % rows;
      int column = i % columns;
      read[i] = from.at(block, row * fromStep, column * fromStep);
      written[i] = to.at(block, top + row * toStep, left + column * toStep);
    }
    return new Places(read, written, channelStep());
  }

  /** Where a row begins that is written. */
  int at(int block, int row) {
    return to.at(block, top + row * toStep, 0);
  }
}
