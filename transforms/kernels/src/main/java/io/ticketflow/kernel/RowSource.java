package io.ticketflow.kernel;

/** What gives the values, or the gradient, of a map row by row where nobody has written them. */
@FunctionalInterface
interface RowSource {
  /**
   * Writes a row of all channels, laid out as in the map; borders are left as they are.
   *
   * @param at where the row's place 0 of channel 0 goes
   */
  void row(int block, int row, float[] to, int at);
}
