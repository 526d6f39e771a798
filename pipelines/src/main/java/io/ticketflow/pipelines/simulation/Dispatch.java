package io.ticketflow.pipelines.simulation;

/** How works come to slots. */
public enum Dispatch {
  /**
   * As the pipeline does it, {@link io.ticketflow.method.queue.Order#BREADTH_FIRST}: a free slot
   * takes what follows trainings, else the training of the earliest cycle of the run that has most
   * before it.
   */
  BREADTH_FIRST {
    @Override
    Waiting waiting(int slots) {
      return SharedWaiting.breadthFirst();
    }
  },

  /** … {@link io.ticketflow.method.queue.Order#FINISH_FIRST}: the first run that has any. */
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

  abstract Waiting waiting(int slots);
}
