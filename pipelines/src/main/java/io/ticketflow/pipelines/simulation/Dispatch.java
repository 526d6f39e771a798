package io.ticketflow.pipelines.simulation;

import io.ticketflow.method.queue.Order;

/** How works come to slots. */
public enum Dispatch {
  /**
   * As the pipeline does it, {@link Order#BREADTH_FIRST}: a free slot takes what follows trainings,
   * else the training of the earliest cycle of the run that has most before it.
   */
  BREADTH_FIRST {
    @Override
    Waiting waiting(int slots) {
      return SharedWaiting.breadthFirst();
    }
  },

  /** Likewise, {@link Order#FINISH_FIRST}: else the training of the first run that has any. */
  FINISH_FIRST {
    @Override
    Waiting waiting(int slots) {
      return SharedWaiting.finishFirst();
    }
  },

  /** Dealt out in turn when their stage begins, as Flink does with what it is given. */
  DEALT {
    @Override
    Waiting waiting(int slots) {
      return new DealtWaiting(slots);
    }
  },

  /** A slot that is free takes the first that waits. */
  QUEUE {
    @Override
    Waiting waiting(int slots) {
      return SharedWaiting.inTurn();
    }
  },

  /**
   * A slot that is free takes the longest that waits: LPT (Graham, "Bounds on multiprocessing
   * timing anomalies", 1969).
   */
  LONGEST {
    @Override
    Waiting waiting(int slots) {
      return SharedWaiting.longestFirst();
    }
  };

  /** What a pipeline of that order does. */
  public static Dispatch of(Order order) {
    return switch (order) {
      case BREADTH_FIRST -> BREADTH_FIRST;
      case FINISH_FIRST -> FINISH_FIRST;
    };
  }

  abstract Waiting waiting(int slots);
}
