package io.ticketflow.runners.sweep;

import io.ticketflow.runners.launch.LoadAhead;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;

/** A pipeline that this process runs, and that ends with it. */
record InProcess(Pipeline pipeline) implements JobExecution {
  @Override
  public void start() {
    // Beam starts and waits in one call.
  }

  @Override
  public void await() {
    LoadAhead.tables();
    pipeline.run().waitUntilFinish();
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
