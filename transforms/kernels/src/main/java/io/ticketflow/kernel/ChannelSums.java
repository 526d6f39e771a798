package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;
import java.util.Arrays;

/**
 * Two sums a channel over the pixels of a batch: in float lane by lane through a block, then in
 * double over lanes and blocks. Blocks may be summed by several threads.
 */
final class ChannelSums {
  private final int channels;
  private final float[][] lanes;
  private final float[][] others;
  private final double[] sums;
  private final double[] products;

  ChannelSums(int threads, int channels, int blocks) {
    this.channels = channels;
    lanes = new float[threads][channels * Kernels.LANES];
    others = new float[threads][channels * Kernels.LANES];
    sums = new double[blocks * channels];
    products = new double[blocks * channels];
  }

  /** A thread's first sum of a channel and lane, at channel · {@value Kernels#LANES} + lane. */
  float[] sums(Hand hand) {
    return lanes[hand.number()];
  }

  /** Its second. */
  float[] products(Hand hand) {
    return others[hand.number()];
  }

  void begin(Hand hand) {
    Arrays.fill(sums(hand), 0);
    Arrays.fill(products(hand), 0);
  }

  /** Takes a block's sums, of lanes that hold images. */
  void end(int block, int images, Hand hand) {
    int some = Math.min(Kernels.LANES, images - block * Kernels.LANES);
    for (int channel = 0; channel < channels; channel++) {
      sums[block * channels + channel] = total(sums(hand), channel, some);
      products[block * channels + channel] = total(products(hand), channel, some);
    }
  }

  private static double total(float[] lanes, int channel, int some) {
    double total = 0;
    for (int lane = 0; lane < some; lane++) {
      total += lanes[channel * Kernels.LANES + lane];
    }
    return total;
  }

  /** The first sum of a channel over so many blocks. */
  double sum(int channel, int blocks) {
    return over(sums, channel, blocks);
  }

  /** The second one. */
  double product(int channel, int blocks) {
    return over(products, channel, blocks);
  }

  private double over(double[] each, int channel, int blocks) {
    double sum = 0;
    for (int block = 0; block < blocks; block++) {
      sum += each[block * channels + channel];
    }
    return sum;
  }
}
