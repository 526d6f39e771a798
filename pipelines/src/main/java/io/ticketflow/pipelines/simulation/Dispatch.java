package io.ticketflow.pipelines.simulation;

/** How works come to slots. */
public enum Dispatch {
  /** Dealt out in turn when their stage begins, as Flink does. */
  DEALT {
    @Override
    Waiting waiting(int slots) {
      return new DealtWaiting(slots);
    }
  },

  /** A slot that is free takes the first that waits, as the DirectRunner's threads do. */
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

  abstract Waiting waiting(int slots);
}
