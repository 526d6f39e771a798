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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job of a cluster. It goes on without this process. */
final class ClusterJob implements JobExecution {
  /** Sends the job. */
  @FunctionalInterface
  interface Submission {
    /**
     * Returns when the cluster has taken the job; an interrupt ends the sending.
     *
     * @param announced is given the job before it exists, and throws if it is not wanted any more
     */
    void send(Consumer<SubmittedJob> announced) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(ClusterJob.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration END_PATIENCE = Duration.ofMinutes(1);

  private final Submission submission;
  private final Consumer<String> tell;
  private final MissingCode missingCode = new MissingCode();
  private final LostWorkers lostWorkers = new LostWorkers();
  private Optional<SubmittedJob> job = Optional.empty();
  private Optional<Thread> sending = Optional.empty();
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
    this(announced -> {}, tell);
    this.job = Optional.of(sent);
  }

  /** A job that is cancelled while it is sent is not sent to its end. */
  @Override
  public void start() throws IOException {
    synchronized (this) {
      if (job.isPresent() || cancelled) {
        return;
      }
      sending = Optional.of(Thread.currentThread());
    }
    try {
      submission.send(this::announced);
    } finally {
      sent();
    }
  }

  private synchronized void announced(SubmittedJob announced) {
    if (cancelled) {
      throw unsent();
    }
    job = Optional.of(announced);
  }

  private synchronized void sent() {
    sending = Optional.empty();
  }

  /** The job that was sent. */
  synchronized SubmittedJob job() {
    return job.orElseThrow(ClusterJob::unsent);
  }

  private static JobCancelledException unsent() {
    return new JobCancelledException("Cancelled before a job was sent.");
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
      sending.ifPresent(Thread::interrupt);
    }
    try {
      return sent.map(ClusterJob::cancel);
    } catch (ClusterLostException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  /**
   * Cancels a job and waits for its end. One that is still on its way there is cancelled if it
   * arrives within a few seconds.
   *
   * @return what to tell the user
   * @throws ClusterLostException if its cluster does not answer
   */
  static String cancel(SubmittedJob sent) {
    try {
      sent.cluster().cancel(sent.job());
      Optional<JobState> end =
          new JobFollower(sent.cluster(), END_PATIENCE)
              .await(sent.job(), seen -> cancelIfWorking(sent, seen));
      return "Job "
          + sent.job()
          + " is "
          + end.map(JobState::word).orElse("not known to its cluster")
          + ".";
    } catch (IOException e) {
      throw new ClusterLostException(
          "Job " + sent.job() + " may still run, as " + e.getMessage() + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "Job " + sent.job() + " was asked to end.";
    }
  }

  /** It may have been unknown when it was first asked to end. */
  private static void cancelIfWorking(SubmittedJob sent, JobDetails seen) {
    if (!seen.state().isEnd()) {
      try {
        sent.cluster().cancel(sent.job());
      } catch (IOException e) {
        LOG.debug("Asked again as long as the cluster is patient", e);
      }
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
