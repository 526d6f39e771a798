package io.ticketflow.runners.sweep;

import io.ticketflow.runners.ending.ProcessEnd;
import io.ticketflow.runners.job.ClusterLostException;
import io.ticketflow.runners.job.JobCancelledException;
import io.ticketflow.runners.job.RootCause;
import io.ticketflow.runners.output.CallRecord;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.progress.ProgressWatcher;
import io.ticketflow.runners.track.Tracking;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The status of a run from its start to its one end: done, failed, or cancelled by a signal.
 *
 * <p>Files are written under temporary names and renamed, so a process may end at any moment; this
 * only tells the user so.
 */
final class RunEnding {
  private final RunStatus started;
  private final Location output;
  private final Terminal terminal;
  private final JobExecution execution;
  private final Tracking tracking;
  private RunStatus last;
  private boolean cancelled;
  private volatile Optional<ProgressWatcher> watcher = Optional.empty();

  private RunEnding(
      RunStatus started,
      Location output,
      Terminal terminal,
      JobExecution execution,
      Tracking tracking) {
    this.tracking = tracking;
    this.last = started;
    this.started = started;
    this.output = output;
    this.terminal = terminal;
    this.execution = execution;
  }

  /** Writes that the run has started; from now on a signal ends it in order. */
  static RunEnding of(
      RunStatus started,
      Location output,
      Terminal terminal,
      JobExecution execution,
      Tracking tracking) {
    RunEnding closing = new RunEnding(started, output, terminal, execution, tracking);
    var unused = ProcessEnd.onSignal(closing::cancelled); // as long as the process lives
    closing.begun();
    return closing;
  }

  /** From now on that watcher is closed before the end is told. */
  void watched(ProgressWatcher watching) {
    watcher = Optional.of(watching);
  }

  void ended(Outcome outcome) {
    ProcessEnd.decide();
    kept(
        started.ended(
            outcome.state(),
            now(),
            outcome.failures().size(),
            outcome.trained(),
            Optional.empty()));
  }

  void failed(Throwable why) {
    ProcessEnd.decide();
    if (!(why instanceof ClusterLostException)) { // then the job may well go on
      RunState state = why instanceof JobCancelledException ? RunState.CANCELLED : RunState.FAILED;
      Optional<String> message = Optional.of(RootCause.sentence(why));
      kept(started.ended(state, now(), 0, trained(), message));
      tracked();
    }
  }

  /** Tells the trackers of the end, once all else is said. */
  void tracked() {
    tracking.ended(last, output).forEach(terminal::say);
  }

  /** The run goes on without this process. */
  void left() {
    ProcessEnd.decide();
  }

  /** A signal may have come before. */
  private synchronized void begun() {
    if (!cancelled) {
      kept(started); // stays so if this process is killed
    }
  }

  private synchronized void cancelled() {
    cancelled = true;
    watcher.ifPresent(ProgressWatcher::close);
    if (execution instanceof ClusterJob) {
      terminal.say("Cancelling the job ...");
    }
    execution.cancel().ifPresent(terminal::say);
    kept(started.ended(RunState.CANCELLED, now(), 0, trained(), Optional.empty()));
    terminal.say(
        "Cancelled. Finished trainings are kept in "
            + output
            + ": run the same command again to go on.");
    tracked();
  }

  private int trained() {
    return watcher.map(ProgressWatcher::latest).map(o -> o.finished().size()).orElse(0);
  }

  private void kept(RunStatus status) {
    write(status);
    try {
      CallRecord.keep(output, status, RunStart.versions(status.version()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(RunStatus status) {
    last = status;
    try {
      status.write(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
