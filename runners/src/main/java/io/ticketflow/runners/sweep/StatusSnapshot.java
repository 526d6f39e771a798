package io.ticketflow.runners.sweep;

import io.ticketflow.runners.job.JobPhase;
import io.ticketflow.runners.job.JobState;
import io.ticketflow.runners.job.SubmittedJob;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.progress.Overview;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Location;
import io.ticketflow.work.TrainingProgress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an output's run at this moment, from whatever process looks.
 *
 * @param job that works or last worked for it on a cluster
 * @param jobState if the cluster knows it
 * @param overview of what is done; of nothing if the run has ended
 * @param failures why runs have no result
 * @param remark what else a user must know, a sentence
 */
public record StatusSnapshot(
    RunStatus status,
    Optional<SubmittedJob> job,
    Optional<JobState> jobState,
    Overview overview,
    List<FailureRecord> failures,
    Optional<String> remark) {
  private static final String ENDED_ALONE =
      "Its job has ended while nobody watched it: 'status' says how.";
  private static final String GONE =
      "Its process is gone: run the same command to go on from what is finished.";

  public StatusSnapshot {
    failures = List.copyOf(failures);
  }

  /**
   * Looks at files and at the job's cluster. A job that has ended while nobody watched is settled:
   * status.json and report.html are written.
   *
   * @throws UserException if the folder holds no run of Ticketflow's
   */
  public static StatusSnapshot of(Location output) throws IOException {
    OutputFolder.check(output);
    return of(output, true);
  }

  /**
   * The same for one who only reads: a job that has ended while nobody watched is told of.
   *
   * @throws UserException if the folder holds no run of Ticketflow's
   */
  public static StatusSnapshot look(Location output) throws IOException {
    return of(output, false);
  }

  private static StatusSnapshot of(Location output, boolean settles) throws IOException {
    RunStatus status = RunStatus.required(output);
    Optional<SubmittedJob> job = SubmittedJob.read(output.blobs());
    if (job.isEmpty()) {
      return without(output, status);
    }
    try {
      Optional<JobState> state = job.get().cluster().state(job.get().job());
      if (state.isPresent() && !state.get().isEnd()) {
        Optional<String> phase = job.get().cluster().details(job.get().job()).flatMap(JobPhase::of);
        return at(output, status, job, state, phase, Optional.empty());
      }
      boolean left = status.state() == RunState.RUNNING;
      return at(
          output,
          left && settles ? AbandonedJob.of(output, status, job.get(), state) : status,
          job,
          state,
          Optional.empty(),
          left && !settles ? Optional.of(ENDED_ALONE) : Optional.empty());
    } catch (IOException e) {
      Optional<String> remark =
          status.state() == RunState.RUNNING
              ? Optional.of("Whether the job still runs is not known: " + e.getMessage() + ".")
              : Optional.empty();
      return at(output, status, job, Optional.empty(), Optional.empty(), remark);
    }
  }

  /** Whether the run has ended, or nobody works for it any more. */
  public boolean isOver() {
    return status.state() != RunState.RUNNING
        || remark.filter(why -> why.equals(GONE) || why.equals(ENDED_ALONE)).isPresent();
  }

  /** Whether a cluster works for it now. */
  public boolean isAtWork() {
    return jobState.filter(state -> !state.isEnd()).isPresent();
  }

  private static StatusSnapshot without(Location output, RunStatus status) throws IOException {
    boolean gone = status.state() == RunState.RUNNING && !OutputFolder.isHeld(output);
    Optional<String> remark = gone ? Optional.of(GONE) : Optional.empty();
    return at(output, status, Optional.empty(), Optional.empty(), Optional.empty(), remark);
  }

  private static StatusSnapshot at(
      Location output,
      RunStatus status,
      Optional<SubmittedJob> job,
      Optional<JobState> state,
      Optional<String> phase,
      Optional<String> remark)
      throws IOException {
    BlobStore blobs = output.blobs();
    Duration elapsed = Duration.between(Instant.parse(status.started()), Instant.now());
    Overview overview =
        Overview.of(RunStart.work(status), TrainingProgress.readAll(blobs), elapsed).in(phase);
    List<FailureRecord> failures =
        status.failedRuns() == 0
            ? List.of()
            : List.copyOf(Outcome.of(status.runs(), output).failures().values());
    return new StatusSnapshot(status, job, state, overview, failures, remark);
  }
}
