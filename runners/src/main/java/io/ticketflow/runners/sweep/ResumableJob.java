package io.ticketflow.runners.sweep;

import io.ticketflow.runners.job.ClusterAddress;
import io.ticketflow.runners.job.JobState;
import io.ticketflow.runners.job.SubmittedJob;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.util.Optional;

/**
 * A job that an earlier call sent for an output, and that is to be watched rather than sent again.
 *
 * @param status of that call
 */
public record ResumableJob(SubmittedJob job, RunStatus status) {
  /**
   * The output's job if it runs, or if it is done and nobody has said so yet.
   *
   * @param master that this call names; empty if it runs without a cluster
   * @throws UserException if it runs on another cluster
   */
  public static Optional<ResumableJob> in(Location output, Optional<ClusterAddress> master)
      throws IOException {
    Optional<SubmittedJob> sent = SubmittedJob.read(output.blobs());
    Optional<RunStatus> status = RunStatus.read(output);
    if (sent.isEmpty() || status.isEmpty()) {
      return Optional.empty();
    }
    // Under this call's name for the cluster first: localhost and 127.0.0.1 are one.
    Optional<SubmittedJob> here = master.map(address -> sent.get().at(address));
    Optional<JobState> found = here.flatMap(ResumableJob::state);
    if (found.isPresent()) {
      return here.filter(job -> isToWatch(found.get(), status.get()))
          .map(job -> new ResumableJob(job, status.get()));
    }
    if (state(sent.get()).filter(state -> !state.isEnd()).isPresent()) {
      throw UserException.of(
          "Job %s on the cluster at %s still works for %s: 'ticketflow cancel %s' ends "
              + "it, and 'run' with --flinkMaster=%s goes on with it.",
          sent.get().job(), sent.get().master(), output, output, sent.get().master());
    }
    return Optional.empty();
  }

  private static boolean isToWatch(JobState state, RunStatus status) {
    return !state.isEnd() || (state == JobState.FINISHED && status.state() == RunState.RUNNING);
  }

  /** Empty also if the cluster does not answer: then this call says so, or does without it. */
  private static Optional<JobState> state(SubmittedJob job) {
    try {
      return job.cluster().state(job.job());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
