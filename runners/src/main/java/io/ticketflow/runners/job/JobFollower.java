package io.ticketflow.runners.job;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks at one job until it has ended. */
public final class JobFollower {
  private static final Duration PERIOD = Duration.ofMillis(500);

  /** The cluster itself looks no more often. */
  private static final Duration DETAILS_PERIOD = Duration.ofSeconds(3);

  /** A JobManager that takes over from another one knows its jobs a little later. */
  private static final Duration UNKNOWN = Duration.ofSeconds(5);

  private final ClusterClient cluster;
  private final Duration patience;

  /**
   * @param patience how long the cluster may not answer before it counts as gone
   */
  public JobFollower(ClusterClient cluster, Duration patience) {
    this.cluster = cluster;
    this.patience = patience;
  }

  /**
   * Waits for the job's end.
   *
   * @param sight is given the job as it is, every few seconds
   * @return its last state; empty if the cluster does not know it any more
   * @throws IOException if the cluster has not answered for longer than the patience
   */
  public Optional<JobState> await(String job, Consumer<JobDetails> sight)
      throws IOException, InterruptedException {
    long answered = System.nanoTime();
    long known = answered;
    long detailed = answered - DETAILS_PERIOD.toNanos();
    while (true) {
      long now = System.nanoTime();
      try {
        Optional<JobState> state = cluster.state(job);
        answered = now;
        if (state.isPresent()) {
          known = now;
        }
        if (state.filter(JobState::isEnd).isPresent() || now - known > UNKNOWN.toNanos()) {
          return state;
        }
        if (now - detailed >= DETAILS_PERIOD.toNanos()) {
          detailed = now;
          cluster.details(job).ifPresent(sight);
        }
      } catch (IOException e) {
        if (now - answered > patience.toNanos()) {
          throw e;
        }
        known = now;
      }
      Thread.sleep(PERIOD.toMillis());
    }
  }
}
