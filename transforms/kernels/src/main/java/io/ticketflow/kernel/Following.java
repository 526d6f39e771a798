package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;

/** Lets somebody follow every row of a map that is written already. */
final class Following implements Crew.Work {
  private final Crew crew;
  private final FeatureMap map;
  private final Follower follower;
  private int images;

  Following(Crew crew, FeatureMap map, Follower follower) {
    this.crew = crew;
    this.map = map;
    this.follower = follower;
  }

  /** All rows of so many images. */
  void run(int count) {
    images = count;
    crew.each(map.blocks(count), this);
  }

  @Override
  public void part(int block, Hand hand) {
    follower.begin(hand);
    for (int row = 0; row < map.height(); row++) {
      follower.row(block, row, hand);
    }
    follower.end(block, images, hand);
  }
}
