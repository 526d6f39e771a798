package io.ticketflow.runners.sweep;

import java.io.IOException;
import java.util.Optional;

/** How a sweep comes to its end: as a pipeline here, as a job of a cluster, or without either. */
sealed interface JobExecution permits InProcess, ClusterJob, AllFound {
  /** Starts it, unless it has started or was cancelled. */
  void start() throws IOException;

  /**
   * Returns when all is trained.
   *
   * @throws RuntimeException if it ends in another way
   */
  void await() throws IOException;

  /** What it does now, such as "cycle 3 of 10: averaging"; empty if that is not known. */
  Optional<String> phase();

  /**
   * Ends it early, from another thread than the one that waits; returns when it has ended.
   *
   * @return what to tell the user
   */
  Optional<String> cancel();
}
