package io.ticketflow.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A convolution, or a linear layer: every product of a kept weight with what it reads.
 *
 * <p>What is written at a place begins with the bias and adds products over (channel, row, column)
 * of the weights, ascending. On the way back the gradient at a place begins with what others have
 * left there, or 0, and adds products over (output channel, row, column).
 */
public final class Convolution implements Unit {
  private final Sink in;
  private final int bias;
  private final Walk walk;
  private final @Nullable NearlyFull nearlyFull;
  private final Begin nothing;
  private Begin biased;

  /**
   * A layer of a network.
   *
   * @param weights out × in × kernel × kernel of them
   * @param bias index of the first of as many as there are channels; −1 = none
   * @param beside nothing, unless it goes {@link #byRows}
   */
  public Convolution(
      Crew crew,
      Geometry geometry,
      Sink in,
      FeatureMap out,
      WeightMask weights,
      int bias,
      Beside beside) {
    this.in = in;
    this.bias = bias;
    nothing = Begin.zero(Math.max(out.channels(), in.map().channels()));
    biased = nothing;
    int size = out.channels() * in.map().channels() * geometry.kernel() * geometry.kernel();
    nearlyFull = NearlyFull.is(weights, size) ? NearlyFull.of(weights, size) : null;
    WeightMask used = nearlyFull == null ? weights : new WeightMask(0, null);
    TapLists taps = new TapLists(geometry, in.map(), out, used);
    boolean rows = !in.map().isOfFeatures() && byRows(geometry, in.map().width(), out.width());
    if (rows) {
      walk = new ByRows(crew, geometry, in, out, taps, beside);
    } else if (ByShortRows.fits(geometry, in.map(), out, taps)) {
      walk = new ByShortRows(crew, geometry, in, out, taps);
    } else {
      walk = new ByLines(crew, geometry, in, out, taps);
    }
  }

  /** Whether a convolution of maps of such widths goes row by row, as rows fill tiles. */
  public static boolean byRows(Geometry geometry, int inWidth, int outWidth) {
    return !Lines.isShort(outWidth) && !Lines.isShort(inWidth / geometry.stride());
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    if (bias >= 0 && biased.values() != weights) {
      biased = new Begin(weights, bias);
    }
    float[] used = nearlyFull == null ? weights : nearlyFull.whole(weights);
    walk.forward(used, biased, images, training);
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    Begin begin = in.adds() ? Begin.THERE : nothing;
    if (nearlyFull == null) {
      walk.backward(weights, begin, images, gradient, bias, gradient);
    } else {
      walk.backward(nearlyFull.whole(), begin, images, nearlyFull.gradient(), bias, gradient);
      nearlyFull.handOver(gradient);
    }
  }
}
