package io.ticketflow.kernel;

import java.util.Arrays;
import java.util.List;

/**
 * Map by map: all of a batch's values, then all of the gradient in the weights, then all of the
 * gradient in what was read. So lines of places may run across blocks, where rows are short.
 */
final class ByLines implements Walk {
  private final Crew crew;
  private final FeatureMap in;
  private final FeatureMap out;
  private final Way there;
  private final List<Way> back;
  private final WeightGradient weightGradient;

  ByLines(Crew crew, Geometry geometry, Sink sink, FeatureMap out, TapLists taps) {
    this.crew = crew;
    this.out = out;
    in = sink.map();
    there = new Way(crew, taps.there());
    back =
        sink.wanted()
            ? taps.back().stream().map(direction -> new Way(crew, direction)).toList()
            : List.of();
    weightGradient = new WeightGradient(crew, geometry, in, out, taps.gradient());
  }

  @Override
  public void forward(float[] weights, Begin begin, int images, boolean training) {
    there.run(weights, begin, in.values(), out.values(), out.blocks(images));
  }

  @Override
  public void backward(
      float[] weights, Begin begin, int images, float[] gradient, int bias, float[] biases) {
    int blocks = out.blocks(images);
    weightGradient.run(blocks, gradient);
    if (bias >= 0) {
      biasGradient(blocks, bias, biases);
    }
    for (Way each : back) {
      each.run(weights, begin, out.gradient(), in.gradient(), blocks);
    }
  }

  private void biasGradient(int blocks, int bias, float[] biases) {
    crew.each(
        out.channels(),
        (channel, hand) -> {
          Arrays.fill(hand.sums(), 0);
          for (int block = 0; block < blocks; block++) {
            for (int row = 0; row < out.height(); row++) {
              int at = out.at(block, row, 0) + channel * out.channelStep();
              crew.kernels().sum(out.gradient(), at, out.width(), hand.sums(), 0);
            }
          }
          biases[bias + channel] = ScalarKernels.tree(hand.sums(), 0);
        });
  }
}
