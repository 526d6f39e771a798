package io.ticketflow.runners.sweep;

import io.ticketflow.pipelines.FinishedSweep;
import java.io.IOException;
import java.util.Optional;

/** A sweep whose actions are all finished here, which needs no runner. */
record AllFound(FinishedSweep sweep) implements JobExecution {
  @Override
  public void start() {
    // There is nothing to wait for.
  }

  @Override
  public void await() throws IOException {
    sweep.write();
  }

  @Override
  public Optional<String> phase() {
    return Optional.empty();
  }

  @Override
  public Optional<String> cancel() {
    return Optional.empty();
  }
}
