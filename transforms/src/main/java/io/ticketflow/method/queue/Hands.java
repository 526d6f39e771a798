package io.ticketflow.method.queue;

import java.io.Serializable;

/**
 * Who does a pipeline's work.
 *
 * @param count of hands, each of which trains one network at a time, at least 1
 * @param together whether all are in one process, and fail together
 */
public record Hands(int count, Order order, boolean together) implements Serializable {
  public Hands {
    if (count < 1) {
      throw new IllegalArgumentException("there must be a hand, got " + count);
    }
  }

  /** Hands of one process, breadth first. */
  public static Hands here(int count) {
    return new Hands(count, Order.BREADTH_FIRST, true);
  }
}
