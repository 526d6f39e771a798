package io.ticketflow.kernel;

/**
 * Places in a line of a feature map, and those of the map that is computed from it. All numbers
 * count floats; a place is {@value Kernels#LANES} of them.
 *
 * @param in where the first place lies that is read, before a tap's offset
 * @param inStep from a place that is read to the next
 * @param out where the first place lies that is written, in row 0
 * @param outStep from a place that is written to the next
 * @param rowStep from a row of what is written to the next
 * @param places how many there are
 */
public record Line(int in, int inStep, int out, int outStep, int rowStep, int places) {
  /** The same, so many floats further on. */
  Line from(int read, int written) {
    return new Line(in + read, inStep, out + written, outStep, rowStep, places);
  }
}
