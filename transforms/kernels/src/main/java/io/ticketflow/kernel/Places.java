package io.ticketflow.kernel;

/**
 * Places of a feature map, and those of the map that is computed from it, as indices of floats.
 *
 * @param in where each place lies that is read, before a tap's offset
 * @param out where each place lies that is written, in row 0
 * @param rowStep from a row of what is written to the next
 */
public record Places(int[] in, int[] out, int rowStep) {
  /** One of them as a line. */
  Line line(int place) {
    return new Line(in[place], 0, out[place], 0, rowStep, 1);
  }
}
