package io.ticketflow.runners.job;

import java.io.Serial;

/** The end of a job that somebody cancelled. */
public final class JobCancelledException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public JobCancelledException(String sentence) {
    super(sentence);
  }
}
