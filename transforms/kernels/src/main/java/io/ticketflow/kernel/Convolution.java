package io.ticketflow.kernel;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A convolution, or a linear layer: every product of a kept weight with what it reads.
 *
 * <p>What is written at a place begins with the bias and adds products over (channel, row, column)
 * of the weights, ascending. On the way back the gradient at a place begins with what others have
 * left there, or 0, and adds products over (output channel, row, column).
 */
public final class Convolution implements Unit {
  private final Crew crew;
  private final FeatureMap out;
  private final Sink in;
  private final int bias;
  private final Way there;
  private final List<Way> back;
  private final WeightGradient weightGradient;
  private final @Nullable NearlyFull nearlyFull;
  private final Begin nothing;

  /**
   * A layer of a network.
   *
   * @param weights out × in × kernel × kernel of them
   * @param bias index of the first of as many as there are channels; −1 = none
   */
  public Convolution(
      Crew crew, Geometry geometry, Sink in, FeatureMap out, WeightMask weights, int bias) {
    this.crew = crew;
    this.out = out;
    this.in = in;
    this.bias = bias;
    nothing = Begin.zero(Math.max(out.channels(), in.map().channels()));
    int size = out.channels() * in.map().channels() * geometry.kernel() * geometry.kernel();
    nearlyFull = NearlyFull.is(weights, size) ? NearlyFull.of(weights, size) : null;
    WeightMask used = nearlyFull == null ? weights : new WeightMask(0, null);
    TapLists taps = new TapLists(geometry, in.map(), out, used);
    there = new Way(crew, taps.there());
    back =
        in.wanted()
            ? taps.back().stream().map(direction -> new Way(crew, direction)).toList()
            : List.of();
    weightGradient = new WeightGradient(crew, geometry, in.map(), out, taps.gradient());
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    Begin begin = bias < 0 ? nothing : new Begin(weights, bias);
    float[] used = nearlyFull == null ? weights : nearlyFull.whole(weights);
    there.run(used, begin, in.map().values(), out.values(), out.blocks(images));
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    int blocks = out.blocks(images);
    float[] used = weights;
    if (nearlyFull == null) {
      weightGradient.run(blocks, gradient);
    } else {
      used = nearlyFull.whole();
      weightGradient.run(blocks, nearlyFull.gradient());
      nearlyFull.handOver(gradient);
    }
    if (bias >= 0) {
      biasGradient(blocks, gradient);
    }
    Begin begin = in.adds() ? Begin.THERE : nothing;
    for (Way each : back) {
      each.run(used, begin, out.gradient(), in.map().gradient(), blocks);
    }
  }

  private void biasGradient(int blocks, float[] gradient) {
    crew.each(
        out.channels(),
        (channel, hand) -> {
          Arrays.fill(hand.sums(), 0);
          for (int block = 0; block < blocks; block++) {
            for (int row = 0; row < out.height(); row++) {
              int at = out.at(block, row, 0) + channel * out.channelStep();
              crew.kernels().sum(out.gradient(), at, out.width(), hand.sums());
            }
          }
          gradient[bias + channel] = ScalarKernels.tree(hand.sums(), 0);
        });
  }
}
