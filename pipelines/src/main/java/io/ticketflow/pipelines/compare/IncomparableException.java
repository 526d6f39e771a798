package io.ticketflow.pipelines.compare;

/** What is to be compared cannot be; the message is one sentence that says why. */
public final class IncomparableException extends RuntimeException {
  /** That sentence. */
  public IncomparableException(String message) {
    super(message);
  }

  /** Never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
