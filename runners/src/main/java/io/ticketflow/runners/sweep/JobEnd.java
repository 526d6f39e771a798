package io.ticketflow.runners.sweep;

import io.ticketflow.runners.job.JobCancelledException;
import io.ticketflow.runners.job.JobFailedException;
import io.ticketflow.runners.job.JobFailure;
import io.ticketflow.runners.job.JobState;
import io.ticketflow.runners.job.RootCause;
import io.ticketflow.runners.job.SubmittedJob;
import java.io.IOException;
import java.util.Optional;

/** How a job ended, in one sentence if it was not well. */
final class JobEnd {
  private static final String GO_ON = "run the same command to go on from what is finished.";

  private JobEnd() {}

  /**
   * Returns if the job did all.
   *
   * @param end its last state; empty if its cluster does not know it any more
   * @throws JobFailedException with the cause first
   * @throws JobCancelledException if somebody ended it
   */
  static void require(SubmittedJob job, Optional<JobState> end) {
    if (end.isEmpty()) {
      throw new JobFailedException(
          "The cluster at "
              + job.master()
              + " does not know job "
              + job.job()
              + " any more, as after a new start: "
              + GO_ON);
    }
    if (end.get() == JobState.CANCELED) {
      throw new JobCancelledException("Job " + job.job() + " was cancelled: " + GO_ON);
    }
    if (end.get() == JobState.FAILED) {
      throw new JobFailedException(
          failure(job)
              .map(failure -> RootCause.sentence(failure.stackTrace()))
              .orElse("Job " + job.job() + " failed, and its cluster does not say why."));
    }
  }

  private static Optional<JobFailure> failure(SubmittedJob job) {
    try {
      return job.cluster().failure(job.job());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
