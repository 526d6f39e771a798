package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;
import java.util.Arrays;

/** The gradient in biases: what the gradient in each channel's values sums up to. */
final class BiasGradient implements Crew.Work {
  private final Crew crew;
  private final FeatureMap out;

  // of the batch
  private int blocks;
  private int first;
  private float[] biases = new float[0];

  /**
   * The gradient of a layer.
   *
   * @param out its output
   */
  BiasGradient(Crew crew, FeatureMap out) {
    this.crew = crew;
    this.out = out;
  }

  /** Writes it for so many blocks, from an index on. */
  void run(int count, int bias, float[] to) {
    blocks = count;
    first = bias;
    biases = to;
    crew.each(out.channels(), this);
  }

  @Override
  public void part(int channel, Hand hand) {
    Arrays.fill(hand.sums(), 0);
    for (int block = 0; block < blocks; block++) {
      for (int row = 0; row < out.height(); row++) {
        int at = out.at(block, row, 0) + channel * out.channelStep();
        crew.kernels().sum(out.gradient(), at, out.width(), hand.sums(), 0);
      }
    }
    biases[first + channel] = ScalarKernels.tree(hand.sums(), 0);
  }
}
