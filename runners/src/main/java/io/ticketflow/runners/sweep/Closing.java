package io.ticketflow.runners.sweep;

import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.progress.ProgressWatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The status of a run from its start to its one end: done, failed, or cancelled by a signal.
 *
 * <p>Files are written under temporary names and renamed, so a process may end at any moment; this
 * only tells the user so.
 */
final class Closing {
  private final RunStatus started;
  private final Path output;
  private final Terminal terminal;
  private final Thread onSignal = new Thread(this::cancelled, "cancelled");
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile Optional<ProgressWatcher> watcher = Optional.empty();

  Closing(RunStatus started, Path output, Terminal terminal) {
    this.started = started;
    this.output = output;
    this.terminal = terminal;
    write(started);
  }

  /** From now on a signal ends the run in order. */
  void open(ProgressWatcher watching) {
    watcher = Optional.of(watching);
    Runtime.getRuntime().addShutdownHook(onSignal);
  }

  void ended(Outcome outcome) {
    if (end()) {
      write(
          started.ended(
              outcome.state(),
              now(),
              outcome.failures().size(),
              outcome.trained(),
              Optional.empty()));
    }
  }

  void failed(Throwable why) {
    if (end()) {
      int trained = watcher.map(ProgressWatcher::latest).map(o -> o.finished().size()).orElse(0);
      Optional<String> message = Optional.of(String.valueOf(why.getMessage()));
      write(started.ended(RunState.FAILED, now(), 0, trained, message));
    }
  }

  private void cancelled() {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    watcher.ifPresent(ProgressWatcher::close);
    int trained = watcher.map(ProgressWatcher::latest).map(o -> o.finished().size()).orElse(0);
    write(started.ended(RunState.CANCELLED, now(), 0, trained, Optional.empty()));
    terminal
        .err()
        .println(
            "Cancelled. Finished trainings are kept in "
                + output
                + ": run the same command again to go on.");
    terminal.err().flush();
  }

  /** Whether this is the first end. */
  private boolean end() {
    if (!over.compareAndSet(false, true)) {
      return false;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook finds the run over.
    }
    return true;
  }

  private void write(RunStatus status) {
    try {
      status.write(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
