package io.ticketflow.runners.cluster;

/** A cluster that does not start or stop; the message names the log. */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClusterException(String message) {
    super(message);
  }
}
