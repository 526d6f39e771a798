package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;
import org.jspecify.annotations.Nullable;

/**
 * Adds a second map to a first one, in place. Both maps' gradients are one, and may be one array.
 * Addends that BatchNorm makes are made row by row, as they are added.
 */
public final class Sum implements Unit {
  private final Crew crew;
  private final FeatureMap map;
  private final Sink second;
  private final boolean rectified;
  private final @Nullable Normalisation makesFirst;
  private final @Nullable Normalisation makesSecond;
  private final RowWork there;
  private final Ranges rectification;
  private final Rows back;
  private boolean rectifiedBack;

  /**
   * The sum of two maps of one shape.
   *
   * @param map the first, which becomes the sum
   * @param rectified whether ReLU follows, in place
   * @param makesFirst what makes the first addend; null = it lies in the map
   * @param makesSecond likewise the second
   */
  public Sum(
      Crew crew,
      FeatureMap map,
      Sink second,
      boolean rectified,
      @Nullable Normalisation makesFirst,
      @Nullable Normalisation makesSecond) {
    this.crew = crew;
    this.rectified = rectified;
    this.map = map;
    this.second = second;
    this.makesFirst = makesFirst;
    this.makesSecond = makesSecond;
    there = new RowWork(map, this::row);
    rectification = Relu.back(crew, map);
    back = Rows.passing(crew, map, second);
  }

  @Override
  public void forward(float[] weights, int images, boolean training) {
    crew.each(map.blocks(images), there);
  }

  private void row(int block, int row, Hand hand) {
    int to = map.at(block, row, 0);
    if (makesFirst != null) {
      makesFirst.value(block, row, map.values(), to);
    }
    FeatureMap other = second.map();
    float[] values = makesSecond == null ? other.values() : hand.many(other.rowStep());
    int from = makesSecond == null ? other.at(block, row, 0) : CacheLine.first();
    if (makesSecond != null) {
      makesSecond.value(block, row, values, from);
    }
    int floats = map.width() * Kernels.LANES;
    for (int channel = 0; channel < map.channels(); channel++) {
      int at = to + channel * map.channelStep();
      int addend = from + channel * other.channelStep();
      crew.kernels().add(map.values(), at, values, addend, floats, rectified);
    }
  }

  /** For who completes the gradient in the sum. */
  public Follower rectifying() {
    return new Follower() {
      @Override
      public void begin(Hand hand) {
        // nothing is summed
      }

      @Override
      public void row(int block, int row, Hand hand) {
        if (rectified) {
          int at = map.at(block, row, 0);
          int end = at + map.rowStep() - map.border() * Kernels.LANES;
          crew.kernels().rectifyBack(map.values(), map.gradient(), at, end);
        }
      }

      @Override
      public void end(int block, int images, Hand hand) {
        rectifiedBack = true;
      }
    };
  }

  @Override
  public void backward(float[] weights, int images, float[] gradient) {
    if (rectified && !rectifiedBack) {
      rectification.run(map.begin(), map.end(images));
    }
    rectifiedBack = false;
    if (second.wanted() && second.map().gradient() != map.gradient()) {
      back.run(images);
    }
  }
}
