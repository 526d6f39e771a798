package io.ticketflow.runners.sweep;

import io.ticketflow.runners.job.ClusterLostException;
import io.ticketflow.runners.job.JobCancelledException;
import io.ticketflow.runners.job.JobDetails;
import io.ticketflow.runners.job.JobFailedException;
import io.ticketflow.runners.job.JobFailure;
import io.ticketflow.runners.job.JobFollower;
import io.ticketflow.runners.job.JobPhase;
import io.ticketflow.runners.job.JobState;
import io.ticketflow.runners.job.SubmittedJob;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A job of a cluster. It goes on without this process. */
final class ClusterJob implements JobExecution {
  /** Sends the job. */
  @FunctionalInterface
  interface Submission {
    SubmittedJob send() throws IOException;
  }

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration END_PATIENCE = Duration.ofMinutes(1);

  private final Submission submission;
  private final Consumer<String> tell;
  private Optional<SubmittedJob> job = Optional.empty();
  private final MissingCode missingCode = new MissingCode();
  private final LostWorkers lostWorkers = new LostWorkers();
  private boolean cancelled;
  private volatile Optional<String> phase = Optional.empty();

  /**
   * A job that is still to be sent.
   *
   * @param tell is given what the user should know meanwhile
   */
  ClusterJob(Submission submission, Consumer<String> tell) {
    this.submission = submission;
    this.tell = tell;
  }

  /** A job that was sent before. */
  ClusterJob(SubmittedJob sent, Consumer<String> tell) {
    this(() -> sent, tell);
    this.job = Optional.of(sent);
  }

  /** A signal that comes while the job is sent waits until it can be cancelled. */
  @Override
  public synchronized void start() throws IOException {
    if (job.isEmpty() && !cancelled) {
      job = Optional.of(submission.send());
    }
  }

  /** The job that was sent. */
  synchronized SubmittedJob job() {
    return job.orElseThrow(() -> new JobCancelledException("Cancelled before a job was sent."));
  }

  @Override
  public void await() throws IOException {
    SubmittedJob sent = job();
    JobEnd.require(sent, follow(sent));
  }

  @Override
  public Optional<String> phase() {
    return phase;
  }

  @Override
  public Optional<String> cancel() {
    Optional<SubmittedJob> sent;
    synchronized (this) {
      cancelled = true;
      sent = job;
    }
    try {
      return sent.map(ClusterJob::cancel);
    } catch (ClusterLostException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  /**
   * Cancels a job and waits for its end.
   *
   * @return what to tell the user
   * @throws ClusterLostException if its cluster does not answer
   */
  static String cancel(SubmittedJob sent) {
    try {
      sent.cluster().cancel(sent.job());
      Optional<JobState> end =
          new JobFollower(sent.cluster(), END_PATIENCE).await(sent.job(), seen -> {});
      return "Job "
          + sent.job()
          + " is "
          + end.map(JobState::word).orElse("not known to its cluster any more")
          + ".";
    } catch (IOException e) {
      throw new ClusterLostException(
          "Job " + sent.job() + " may still run, as " + e.getMessage() + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "Job " + sent.job() + " was asked to end.";
    }
  }

  private Optional<JobState> follow(SubmittedJob sent) {
    try {
      return new JobFollower(sent.cluster(), PATIENCE)
          .await(sent.job(), details -> seen(sent, details));
    } catch (IOException e) {
      throw new ClusterLostException(
          "The cluster at "
              + sent.master()
              + " has not answered for "
              + PATIENCE.toSeconds()
              + " s; once it is back, the same command goes on from what is there.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobCancelledException("Interrupted; job " + sent.job() + " goes on.");
    }
  }

  private void seen(SubmittedJob sent, JobDetails details) {
    phase = JobPhase.of(details);
    workers(sent).flatMap(lostWorkers::seen).ifPresent(tell);
    lastFailure(sent)
        .flatMap(missingCode::seen)
        .ifPresent(
            cause -> {
              cancel(sent);
              throw new JobFailedException(cause);
            });
  }

  /** Empty if the cluster does not say: it is asked again. */
  private static Optional<Set<String>> workers(SubmittedJob sent) {
    try {
      return Optional.of(sent.cluster().taskManagers().keySet());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Empty also if the cluster does not say: it is asked again. */
  private static Optional<JobFailure> lastFailure(SubmittedJob sent) {
    try {
      return sent.cluster().failure(sent.job());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
