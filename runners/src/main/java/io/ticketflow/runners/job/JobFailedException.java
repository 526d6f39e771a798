package io.ticketflow.runners.job;

import java.io.Serial;

/** A job that ended without a result, in one sentence with its cause. */
public final class JobFailedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public JobFailedException(String sentence) {
    super(sentence);
  }
}
