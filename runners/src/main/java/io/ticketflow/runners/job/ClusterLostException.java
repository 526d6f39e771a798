package io.ticketflow.runners.job;

import java.io.Serial;

/** A cluster that does not answer: whether its job still runs is not known. */
public final class ClusterLostException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public ClusterLostException(String sentence) {
    super(sentence);
  }
}
