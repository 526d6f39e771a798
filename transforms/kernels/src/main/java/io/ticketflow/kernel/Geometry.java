package io.ticketflow.kernel;

/**
 * How a convolution slides over a map; a linear layer is one of kernel 1.
 *
 * @param kernel side of the square of weights
 * @param stride places from one square to the next
 * @param padding places of 0 around the map
 */
public record Geometry(int kernel, int stride, int padding) {
  /** A linear layer's. */
  public static final Geometry POINT = new Geometry(1, 1, 0);

  /** Border that the map needs that is read. */
  public int borderBefore() {
    return padding;
  }

  /** Border that the map needs that is written, for the way back. */
  public int borderBehind() {
    return Math.max(0, (kernel - 1 - padding + stride - 1) / stride);
  }

  /**
   * The first row of what is written that is read for row {@code stride · i}'s way back, from i.
   */
  int firstBehind() {
    return Math.min(0, -((kernel - 1 - padding) / stride));
  }

  /** Likewise the last one. */
  int lastBehind() {
    return (padding + stride - 1) / stride;
  }

  /** The first place whose square's first weight is at such a remainder of the stride. */
  int firstOf(int remainder) {
    return Math.floorMod(remainder - padding, stride);
  }
}
