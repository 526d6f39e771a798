package io.ticketflow.runners.sweep;

import io.ticketflow.runners.job.ClusterLostException;
import io.ticketflow.runners.job.JobCancelledException;
import io.ticketflow.runners.job.RootCause;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.progress.ProgressWatcher;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The status of a run from its start to its one end: done, failed, or cancelled by a signal.
 *
 * <p>Files are written under temporary names and renamed, so a process may end at any moment; this
 * only tells the user so.
 */
final class Closing {
  /** What a shell says of Ctrl-C. */
  private static final int CANCELLED = 130;

  private final RunStatus started;
  private final Location output;
  private final Terminal terminal;
  private final Thread onSignal = new Thread(this::cancelled, "cancelled");
  private final AtomicBoolean over = new AtomicBoolean();
  private final JobExecution execution;
  private volatile Optional<ProgressWatcher> watcher = Optional.empty();

  /** From now on a signal ends the run in order. */
  Closing(RunStatus started, Location output, Terminal terminal, JobExecution execution) {
    this.started = started;
    this.output = output;
    this.terminal = terminal;
    this.execution = execution;
    write(started);
    Runtime.getRuntime().addShutdownHook(onSignal);
  }

  /** From now on that watcher is closed before the end is told. */
  void watched(ProgressWatcher watching) {
    watcher = Optional.of(watching);
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
    if (end() && !(why instanceof ClusterLostException)) { // whose job may well go on
      RunState state = why instanceof JobCancelledException ? RunState.CANCELLED : RunState.FAILED;
      Optional<String> message = Optional.of(RootCause.sentence(why));
      write(started.ended(state, now(), 0, trained(), message));
    }
  }

  /** The run goes on without this process. */
  void left() {
    end();
  }

  private void cancelled() {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    watcher.ifPresent(ProgressWatcher::close);
    if (execution instanceof ClusterJob) {
      terminal.say("Cancelling the job ...");
    }
    execution.cancel().ifPresent(terminal::say);
    write(started.ended(RunState.CANCELLED, now(), 0, trained(), Optional.empty()));
    terminal.say(
        "Cancelled. Finished trainings are kept in "
            + output
            + ": run the same command again to go on.");
    if (execution instanceof ClusterJob) {
      Runtime.getRuntime().halt(CANCELLED); // the same for every signal
    }
  }

  private int trained() {
    return watcher.map(ProgressWatcher::latest).map(o -> o.finished().size()).orElse(0);
  }

  /** Whether this is the first end; does not return if a signal came first. */
  private boolean end() {
    if (!over.compareAndSet(false, true)) {
      awaitExit();
      return false;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook finds the run over.
    }
    return true;
  }

  /** The signal's thread has the last word, and then the process ends. */
  private void awaitExit() {
    try {
      onSignal.join();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
