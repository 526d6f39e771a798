package io.ticketflow.runners.output;

import java.util.Locale;

/** Where a run stands. */
public enum RunState {
  RUNNING,
  DONE,
  FAILED,
  SOME_RUNS_FAILED,
  CANCELLED;

  /** Whether it is over, and some of its runs have results. */
  public boolean hasResults() {
    return this == DONE || this == SOME_RUNS_FAILED;
  }

  /** In lower case, with spaces. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
