package io.ticketflow.runners.output;

/** Where a run stands. */
public enum RunState {
  RUNNING,
  DONE,
  FAILED,
  SOME_RUNS_FAILED,
  CANCELLED
}
