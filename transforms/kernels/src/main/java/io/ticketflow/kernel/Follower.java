package io.ticketflow.kernel;

import io.ticketflow.kernel.Crew.Hand;

/**
 * What follows the unit that writes a map, or its gradient, row by row, while a row is in the cache
 * still. Rows of a block come in their order, and one thread does them all.
 */
public interface Follower {
  /** Before a block's first row. */
  void begin(Hand hand);

  /** When a row is whole. */
  void row(int block, int row, Hand hand);

  /**
   * After a block's last row.
   *
   * @param images of the batch
   */
  void end(int block, int images, Hand hand);
}
