package io.ticketflow.runners.sweep;

import io.ticketflow.runners.job.ClusterLostException;
import io.ticketflow.runners.job.SubmittedJob;
import io.ticketflow.store.Location;
import java.io.IOException;

/** Ends a job that another process sent. */
public final class Cancelling {
  private Cancelling() {}

  /**
   * Cancels the job if it runs, waits for its end and writes it down.
   *
   * @param standing of the output, which has a job
   * @return what to tell the user
   * @throws ClusterLostException if the job's cluster does not answer
   */
  public static String cancel(Location output, StatusSnapshot standing) throws IOException {
    SubmittedJob job = standing.job().orElseThrow();
    if (!standing.isAtWork()) {
      standing
          .remark()
          .ifPresent(
              remark -> {
                throw new ClusterLostException(remark);
              });
      return "Job " + job.job() + " has ended already; nothing is to be cancelled.";
    }
    String told = ClusterJob.cancel(job);
    StatusSnapshot.of(output); // which settles it
    return told;
  }
}
