package io.ticketflow.runners.job;

import java.util.Locale;

/** Flink's states of a job. */
public enum JobState {
  INITIALIZING,
  CREATED,
  RUNNING,
  FAILING,
  FAILED,
  CANCELLING,
  CANCELED,
  FINISHED,
  RESTARTING,
  SUSPENDED,
  RECONCILING;

  /** Whether the job will never be in another state. */
  public boolean isEnd() {
    return this == FINISHED || this == FAILED || this == CANCELED;
  }

  /** Such as "running". */
  public String word() {
    return this == CANCELED ? "cancelled" : name().toLowerCase(Locale.ROOT);
  }
}
