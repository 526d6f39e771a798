package io.ticketflow.runners.sweep;

import io.ticketflow.runners.job.JobCancelledException;
import io.ticketflow.runners.job.JobFailedException;
import io.ticketflow.runners.job.JobState;
import io.ticketflow.runners.job.SubmittedJob;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Blobs;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes the final status, and the report, of a job whose client has gone. */
final class AbandonedJob {
  private AbandonedJob() {}

  /**
   * Writes how the job ended, and the report if it is done, unless somebody who watches it does.
   *
   * @param end the job's last state; empty if its cluster does not know it any more
   * @return the status as it is now
   */
  static RunStatus of(Location output, RunStatus status, SubmittedJob job, Optional<JobState> end)
      throws IOException {
    try (OutputFolder folder = OutputFolder.claim(output)) {
      RunStatus now = RunStatus.read(output).orElse(status);
      if (now.state() != RunState.RUNNING) {
        return now;
      }
      RunStatus ended = ended(folder.location(), now, job, end);
      ended.write(output);
      return ended;
    } catch (UserException e) { // its client is there
      return status;
    }
  }

  private static RunStatus ended(
      Location output, RunStatus status, SubmittedJob job, Optional<JobState> end)
      throws IOException {
    String when = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    BlobStore blobs = Blobs.at(output.toString());
    // A cluster forgets jobs after a while; the tables of all runs are the last thing one writes.
    boolean done = end.isEmpty() && tables(blobs) >= status.runs();
    try {
      JobEnd.require(job, done ? Optional.of(JobState.FINISHED) : end);
      Outcome outcome = FinishedRun.of(status.runs(), output, blobs);
      return status.ended(
          outcome.state(), when, outcome.failures().size(), outcome.trained(), Optional.empty());
    } catch (JobCancelledException e) {
      return status.ended(
          RunState.CANCELLED, when, 0, 0, Optional.of(String.valueOf(e.getMessage())));
    } catch (JobFailedException e) {
      return status.ended(RunState.FAILED, when, 0, 0, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /** Runs with a table of results or of failures. */
  private static long tables(BlobStore blobs) throws IOException {
    return Stream.concat(
            blobs.list(Tables.CYCLES.folder()).stream(),
            blobs.list(Tables.FAILURES.folder()).stream())
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .distinct()
        .count();
  }
}
