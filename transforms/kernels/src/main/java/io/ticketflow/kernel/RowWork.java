package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;

/**
 * Does every row of a block of a map.
 *
 * @param each what is done with a row
 */
record RowWork(FeatureMap map, Row each) implements Crew.Work {
  /** What is done with a row of a map. */
  @FunctionalInterface
  interface Row {
    /** Does it. */
    void take(int block, int row, Hand hand);
  }

  @Override
  public void part(int block, Hand hand) {
    for (int row = 0; row < map.height(); row++) {
      each.take(block, row, hand);
    }
  }
}
