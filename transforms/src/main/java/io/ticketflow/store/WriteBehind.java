package io.ticketflow.store;

import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * Writes chunks on another thread, one at a time and in their order, while the next ones are made.
 * At most one is not written when {@link #append} returns, so two chunks may take turns with their
 * memory. For one thread.
 */
final class WriteBehind {
  private final ArtifactWriter writer;
  private Optional<ForkJoinTask<?>> last = Optional.empty();

  WriteBehind(ArtifactWriter writer) {
    this.writer = writer;
  }

  /**
   * Appends a chunk once those before it are written. Throws what {@link ArtifactWriter#append} has
   * thrown of them.
   */
  void append(Chunk chunk) {
    end();
    last = Optional.of(ForkJoinPool.commonPool().submit(() -> writer.append(chunk)));
  }

  /** Waits until all is written. Throws what {@link ArtifactWriter#append} has thrown. */
  void end() {
    Optional<ForkJoinTask<?>> task = last;
    last = Optional.empty();
    task.ifPresent(ForkJoinTask::join);
  }
}
