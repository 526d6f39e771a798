package io.ticketflow.runners.job;

/**
 * A step of a job.
 *
 * @param name as the web interface shows it
 * @param status of its tasks together, such as RUNNING
 * @param tasks side by side
 * @param readRecords by all of them so far
 * @param writtenRecords likewise
 */
public record Vertex(String name, String status, int tasks, long readRecords, long writtenRecords) {
  /** Whether some task of it works now. */
  public boolean isRunning() {
    return status.equals("RUNNING");
  }
}
