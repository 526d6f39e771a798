package io.ticketflow.runners.job;

/**
 * A step of a job.
 *
 * @param name as the web interface shows it
 * @param status of its tasks together, such as RUNNING
 * @param tasks side by side
 * @param readRecords read by all tasks so far
 * @param writtenRecords written by all tasks so far
 * @param startMillis when its first task began, since 1970; -1 if none has
 * @param durationMillis from then to its last task's end, or to now
 */
public record Vertex(
    String name,
    String status,
    int tasks,
    long readRecords,
    long writtenRecords,
    long startMillis,
    long durationMillis) {
  /** Whether some task of it works now. */
  public boolean isRunning() {
    return status.equals("RUNNING");
  }
}
