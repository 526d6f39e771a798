package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;

/**
 * BatchNorm (Ioffe and Szegedy 2015) as PyTorch has it. In training a batch is normalised by its
 * own mean and biased variance, and running statistics take a share of its mean and unbiased
 * variance; otherwise by the running statistics, which are then constants to the gradient too.
 *
 * <p>Four passes over maps make it up, and units beside it may do each of them row by row, while
 * what they write or read anyway is in the cache: {@link #measuring} the batch, {@link #value}s,
 * {@link #reducing} the gradient to its sums, and {@link #gradient}s. Whatever nobody does, it does
 * itself. The bits are the same.
 */
public final class Normalisation implements Unit {
  private final Crew crew;
  private final Sink in;
  private final FeatureMap read;
  private final FeatureMap out;
  private final int scale;
  private final int shift;
  private final boolean rectified;
  private final Passes elsewhere;
  private final BatchMoments moments;
  private final Reduction reduction;
  private final float[] factors;
  private final float[] rests;
  private final float[] backFactors;
  private final float[] backSlopes;
  private final float[] backRests;
  private final Crew.Work there;
  private final Crew.Work back;
  private boolean byBatch;
  private int images;

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
   * Passes that other units do.
   *
   * @param values whether what it gives is made where it is read, so that its map may have none
   * @param gradients whether likewise the gradient in what it reads
   */
  public record Passes(boolean values, boolean gradients) {}

  /**
   * A layer of a network.
   *
   * @param scale index of the first channel's weight
   * @param shift index of the first channel's bias
   * @param rectified whether ReLU follows, in place
   * @param elsewhere what is not its own work
   */
  public Normalisation(
      Crew crew,
      Sink in,
      FeatureMap out,
      int scale,
      int shift,
      Running running,
      boolean rectified,
      Passes elsewhere) {
    this.crew = crew;
    this.in = in;
    read = in.map();
    this.out = out;
    this.scale = scale;
    this.shift = shift;
    this.rectified = rectified;
    this.elsewhere = elsewhere;
    moments = new BatchMoments(crew, in.map(), running);
    reduction = new Reduction();
    int channels = out.channels();
    factors = new float[channels];
    rests = new float[channels];
    backFactors = new float[channels];
    backSlopes = new float[channels];
    backRests = new float[channels];
    there =
        new RowWork(
            out, (block, row, hand) -> value(block, row, out.values(), out.at(block, row, 0)));
    back = new RowWork(out, this::pass);
  }

  /** For a single thread that writes what this layer reads, in training. */
  Follower measuring() {
    return moments;
  }

  /** For who completes the gradient in what this layer gives. */
  public Follower reducing() {
    return reduction;
  }

  @Override
  public void forward(float[] weights, int count, boolean training) {
    byBatch = training;
    images = count;
    if (training) {
      moments.ofBatch(count);
    } else {
      moments.ofRunning();
    }
    for (int channel = 0; channel < factors.length; channel++) {
      float mean = moments.means()[channel];
      factors[channel] = weights[scale + channel] * moments.inverses()[channel];
      rests[channel] = Math.fma(-mean, factors[channel], weights[shift + channel]);
    }
    if (!elsewhere.values()) {
      crew.each(out.blocks(images), there);
    }
  }

  /** A row of what this layer gives. */
  void value(int block, int row, float[] to, int at) {
    int from = read.at(block, row, 0);
    int floats = read.width() * Kernels.LANES;
    for (int channel = 0; channel < factors.length; channel++) {
      crew.kernels()
          .normalise(
              read.values(),
              from + channel * read.channelStep(),
              to,
              at + channel * out.channelStep(),
              floats,
              factors[channel],
              rests[channel],
              rectified);
    }
  }

  @Override
  public void backward(float[] weights, int count, float[] gradient) {
    reduction.complete();
    for (int channel = 0; channel < factors.length; channel++) {
      reduce(channel, weights, gradient);
    }
    if (in.wanted() && !elsewhere.gradients()) {
      crew.each(out.blocks(images), back);
    }
  }

  private void reduce(int channel, float[] weights, float[] gradient) {
    int blocks = read.blocks(images);
    double count = (double) images * read.height() * read.width();
    double sum = reduction.sums.sum(channel, blocks);
    double product = reduction.sums.product(channel, blocks);
    double inverse = moments.inverses()[channel];
    gradient[shift + channel] = (float) sum;
    gradient[scale + channel] = (float) (product * inverse);
    double factor = weights[scale + channel] * inverse;
    double slope = byBatch ? -factor * inverse * inverse * product / count : 0;
    double mean = moments.means()[channel];
    double rest = byBatch ? -factor * sum / count - slope * mean : 0;
    backFactors[channel] = (float) factor;
    backSlopes[channel] = (float) slope;
    backRests[channel] = (float) rest;
  }

  /** A row of the gradient in what this layer reads, 0 at lanes of images that are not there. */
  void gradient(int block, int row, float[] to, int at) {
    int from = out.at(block, row, 0);
    int x = read.at(block, row, 0);
    int floats = read.width() * Kernels.LANES;
    for (int channel = 0; channel < factors.length; channel++) {
      int of = channel * read.channelStep();
      crew.kernels()
          .affineBack(
              out.gradient(),
              from + channel * out.channelStep(),
              read.values(),
              x + of,
              to,
              at + of,
              floats,
              backFactors[channel],
              backSlopes[channel],
              backRests[channel]);
    }
    read.clearMissing(to, at, block, images);
  }

  private void pass(int block, int row, Hand hand) {
    int at = read.at(block, row, 0);
    if (!in.adds()) {
      gradient(block, row, read.gradient(), at);
      return;
    }
    float[] more = hand.many(read.rowStep());
    int first = CacheLine.first();
    gradient(block, row, more, first);
    int floats = read.width() * Kernels.LANES;
    for (int channel = 0; channel < factors.length; channel++) {
      int of = channel * read.channelStep();
      crew.kernels().add(read.gradient(), at + of, more, first + of, floats, false);
    }
  }

  /** The gradient, rectified, and its sums: alone, and by the values' distance from the mean. */
  private final class Reduction implements Follower {
    private final ChannelSums sums =
        new ChannelSums(crew.threads(), out.channels(), out.blocks(out.images()));
    private final Following following = new Following(crew, out, this);
    private boolean reduced;

    void complete() {
      if (!reduced) {
        following.run(images);
      }
      reduced = false;
    }

    @Override
    public void begin(Hand hand) {
      sums.begin(hand);
    }

    @Override
    public void row(int block, int row, Hand hand) {
      for (int channel = 0; channel < factors.length; channel++) {
        crew.kernels()
            .reduceBack(
                read.values(),
                read.at(block, row, 0) + channel * read.channelStep(),
                out.gradient(),
                out.at(block, row, 0) + channel * out.channelStep(),
                read.width(),
                factors[channel],
                rests[channel],
                rectified,
                moments.means()[channel],
                sums.sums(hand),
                sums.products(hand),
                channel * Kernels.LANES);
      }
    }

    @Override
    public void end(int block, int count, Hand hand) {
      sums.end(block, count, hand);
      reduced = true;
    }
  }
}
