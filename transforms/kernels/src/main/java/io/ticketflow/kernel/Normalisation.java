package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;
import java.util.Arrays;

/**
 * BatchNorm (Ioffe and Szegedy 2015) as PyTorch has it. In training a batch is normalised by its
 * own mean and biased variance, and running statistics take a share of its mean and unbiased
 * variance; otherwise by the running statistics, which are then constants to the gradient too.
 *
 * <p>Sums over images run lane by lane through a block, then over blocks and lanes in double.
 */
public final class Normalisation implements Unit {
  private final Crew crew;
  private final Sink in;
  private final FeatureMap out;
  private final int scale;
  private final int shift;
  private final Running running;
  private final boolean rectified;
  private final float[] means;
  private final float[] inverses;
  private boolean byBatch;

  /**
   * Running statistics of a layer, which change in training.
   *
   * @param mean one a channel
   * @param variance one a channel
   * @param share of a batch's statistics in the new ones
   * @param epsilon what is added to a variance before it divides
   */
  public record Running(float[] mean, float[] variance, double share, double epsilon) {}

  /**
   * A layer of a network.
   *
   * @param scale index of the first channel's weight
   * @param shift index of the first channel's bias
   * @param rectified whether ReLU follows, in place
   */
  public Normalisation(
      Crew crew,
      Sink in,
      FeatureMap out,
      int scale,
      int shift,
      Running running,
      boolean rectified) {
    this.crew = crew;
    this.in = in;
    this.out = out;
    this.scale = scale;
    this.shift = shift;
    this.running = running;
    this.rectified = rectified;
    means = new float[out.channels()];
    inverses = new float[out.channels()];
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    byBatch = training;
    crew.each(out.channels(), (channel, hand) -> forward(channel, weights, images, training, hand));
  }

  /**
   * What writes the batch's values once more on the way back, where other values lie in their place
   * since.
   */
  public Unit again() {
    return new Unit() {
      @Override
      public void forward(float[] weights, int images, boolean training) {
        // the values are there
      }

      @Override
      public void backward(float[] weights, int images, float[] gradient) {
        crew.each(out.channels(), (channel, hand) -> normalise(channel, weights, images));
      }
    };
  }

  private void forward(int channel, float[] weights, int images, boolean training, Hand hand) {
    if (training) {
      measure(channel, images, hand);
    } else {
      means[channel] = running.mean()[channel];
      inverses[channel] = inverse(running.variance()[channel]);
    }
    normalise(channel, weights, images);
  }

  private void normalise(int channel, float[] weights, int images) {
    FeatureMap read = in.map();
    float factor = weights[scale + channel] * inverses[channel];
    float rest = Math.fma(-means[channel], factor, weights[shift + channel]);
    for (int block = 0; block < out.blocks(images); block++) {
      for (int row = 0; row < out.height(); row++) {
        normalise(
            read.values(),
            at(read, block, row, channel),
            out.values(),
            at(out, block, row, channel),
            out.width() * Kernels.LANES,
            factor,
            rest,
            rectified ? 0 : Float.NEGATIVE_INFINITY);
      }
    }
  }

  private static void normalise(
      float[] in,
      int from,
      float[] out,
      int to,
      int floats,
      float factor,
      float rest,
      float least) {
    for (int i = 0; i < floats; i++) {
      out[to + i] = Math.max(Math.fma(in[from + i], factor, rest), least);
    }
  }

  private float inverse(double variance) {
    return (float) (1 / Math.sqrt(variance + running.epsilon()));
  }

  /** In one pass, from a pivot among the values, so that little cancels. */
  private void measure(int channel, int images, Hand hand) {
    FeatureMap read = in.map();
    double count = (double) images * read.height() * read.width();
    float pivot = read.values()[at(read, 0, 0, channel)];
    double sum = 0;
    double squares = 0;
    for (int block = 0; block < read.blocks(images); block++) {
      Arrays.fill(hand.sums(), 0);
      Arrays.fill(hand.products(), 0);
      for (int row = 0; row < read.height(); row++) {
        int at = at(read, block, row, channel);
        crew.kernels()
            .sumSquares(read.values(), at, read.width(), pivot, hand.sums(), hand.products());
      }
      sum += ScalarKernels.total(hand.sums(), lanes(block, images));
      squares += ScalarKernels.total(hand.products(), lanes(block, images));
    }
    double mean = sum / count;
    double scatter = Math.max(0, squares - mean * sum);
    means[channel] = (float) (pivot + mean);
    inverses[channel] = inverse(scatter / count);
    double share = running.share();
    float[] before = running.mean();
    before[channel] = (float) ((1 - share) * before[channel] + share * (pivot + mean));
    running.variance()[channel] =
        (float) ((1 - share) * running.variance()[channel] + share * scatter / (count - 1));
  }

  private static int at(FeatureMap map, int block, int row, int channel) {
    return map.at(block, row, 0) + channel * map.channelStep();
  }

  /** Lanes of a block that hold images. */
  private static int lanes(int block, int images) {
    return Math.min(Kernels.LANES, images - block * Kernels.LANES);
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    crew.each(
        out.channels(), (channel, hand) -> backward(channel, weights, images, gradient, hand));
    if (in.wanted()) {
      in.map().clearMissing(in.map().gradient(), images);
    }
  }

  private void backward(int channel, float[] weights, int images, float[] gradient, Hand hand) {
    FeatureMap read = in.map();
    double count = (double) images * read.height() * read.width();
    float mean = means[channel];
    double sum = 0;
    double product = 0;
    for (int block = 0; block < out.blocks(images); block++) {
      Arrays.fill(hand.sums(), 0);
      Arrays.fill(hand.products(), 0);
      for (int row = 0; row < out.height(); row++) {
        int to = at(out, block, row, channel);
        int from = at(read, block, row, channel);
        if (rectified) {
          int floats = out.width() * Kernels.LANES;
          crew.kernels().rectifyBack(out.values(), out.gradient(), to, to + floats);
        }
        crew.kernels()
            .sumProducts(
                out.gradient(),
                to,
                read.values(),
                from,
                out.width(),
                mean,
                hand.sums(),
                hand.products());
      }
      sum += ScalarKernels.total(hand.sums(), lanes(block, images));
      product += ScalarKernels.total(hand.products(), lanes(block, images));
    }
    double inverse = inverses[channel];
    gradient[shift + channel] = (float) sum;
    gradient[scale + channel] = (float) (product * inverse);
    if (in.wanted()) {
      double factor = weights[scale + channel] * inverse;
      double slope = byBatch ? -factor * inverse * inverse * product / count : 0;
      double rest = byBatch ? -factor * sum / count - slope * mean : 0;
      back(channel, images, (float) factor, (float) slope, (float) rest);
    }
  }

  private void back(int channel, int images, float factor, float slope, float rest) {
    FeatureMap read = in.map();
    float[] x = read.values();
    float[] ofIn = read.gradient();
    float[] ofOut = out.gradient();
    int floats = out.width() * Kernels.LANES;
    for (int block = 0; block < out.blocks(images); block++) {
      for (int row = 0; row < out.height(); row++) {
        int to = at(read, block, row, channel);
        int from = at(out, block, row, channel);
        if (in.adds()) {
          for (int i = 0; i < floats; i++) {
            ofIn[to + i] += Math.fma(ofOut[from + i], factor, Math.fma(x[to + i], slope, rest));
          }
        } else {
          for (int i = 0; i < floats; i++) {
            ofIn[to + i] = Math.fma(ofOut[from + i], factor, Math.fma(x[to + i], slope, rest));
          }
        }
      }
    }
  }
}
