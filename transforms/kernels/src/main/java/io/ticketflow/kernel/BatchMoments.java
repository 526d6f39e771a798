package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;
import io.ticketflow.kernel.Normalisation.Running;

/** Mean and 1 / deviation of each channel, of a batch or as they run on. */
final class BatchMoments implements Follower {
  private final Crew crew;
  private final FeatureMap map;
  private final Running running;
  private final ChannelSums sums;
  private final float[] pivots;
  private final float[] means;
  private final float[] inverses;
  private final Following following;
  private boolean measured;

  BatchMoments(Crew crew, FeatureMap map, Running running) {
    this.crew = crew;
    this.map = map;
    this.running = running;
    sums = new ChannelSums(crew.threads(), map.channels(), map.blocks(map.images()));
    pivots = new float[map.channels()];
    means = new float[map.channels()];
    inverses = new float[map.channels()];
    following = new Following(crew, map, this);
  }

  /** One a channel. */
  float[] means() {
    return means;
  }

  /** One a channel: 1 / √(variance + ε). */
  float[] inverses() {
    return inverses;
  }

  /** Those of a batch, whose share in the running ones they get too. */
  void ofBatch(int images) {
    if (!measured) {
      takePivots();
      following.run(images);
    }
    measured = false;
    for (int channel = 0; channel < means.length; channel++) {
      measure(channel, images);
    }
  }

  /** The running ones. */
  void ofRunning() {
    for (int channel = 0; channel < means.length; channel++) {
      means[channel] = running.mean()[channel];
      inverses[channel] = inverse(running.variance()[channel]);
    }
  }

  /** A value among each channel's, from which it is summed so that little cancels. */
  private void takePivots() {
    for (int channel = 0; channel < pivots.length; channel++) {
      pivots[channel] = map.values()[map.at(0, 0, 0) + channel * map.channelStep()];
    }
  }

  private void measure(int channel, int images) {
    int blocks = map.blocks(images);
    double count = (double) images * map.height() * map.width();
    double sum = sums.sum(channel, blocks);
    double mean = sum / count;
    double scatter = Math.max(0, sums.product(channel, blocks) - mean * sum);
    float pivot = pivots[channel];
    means[channel] = (float) (pivot + mean);
    inverses[channel] = inverse(scatter / count);
    double share = running.share();
    float[] before = running.mean();
    before[channel] = (float) ((1 - share) * before[channel] + share * (pivot + mean));
    running.variance()[channel] =
        (float) ((1 - share) * running.variance()[channel] + share * scatter / (count - 1));
  }

  private float inverse(double variance) {
    return (float) (1 / Math.sqrt(variance + running.epsilon()));
  }

  @Override
  public void begin(Hand hand) {
    sums.begin(hand);
  }

  @Override
  public void row(int block, int row, Hand hand) {
    if (block == 0 && row == 0 && crew.threads() == 1) {
      takePivots();
    }
    int at = map.at(block, row, 0);
    for (int channel = 0; channel < pivots.length; channel++) {
      crew.kernels()
          .sumSquares(
              map.values(),
              at + channel * map.channelStep(),
              map.width(),
              pivots[channel],
              sums.sums(hand),
              sums.products(hand),
              channel * Kernels.LANES);
    }
  }

  @Override
  public void end(int block, int images, Hand hand) {
    sums.end(block, images, hand);
    measured = true;
  }
}
