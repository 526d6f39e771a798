package io.ticketflow.runners.progress;

/** Shows a run to its user. Called by one thread at a time. */
public interface ProgressView extends AutoCloseable {
  /** Shows the run at this moment. */
  void show(Overview overview);

  /** The last call: the run has ended. */
  @Override
  void close();
}
