package io.ticketflow.kernel;

import java.util.Arrays;

/**
 * The gradient in biases: what the gradient in each channel's values sums up to.
 *
 * @param out the layer's output
 */
record BiasGradient(Crew crew, FeatureMap out) {
  /** Writes it for so many blocks, from an index on. */
  void run(int blocks, int bias, float[] biases) {
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
