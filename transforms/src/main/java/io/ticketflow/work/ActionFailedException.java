package io.ticketflow.work;

/**
 * An action that fails whenever it is tried. Its message is the error in one sentence, without the
 * action's run or cycle, which the caller knows; whoever gets it ends that run and lets others go
 * on.
 */
public final class ActionFailedException extends RuntimeException {
  /** An action that failed for that reason, a sentence. */
  public ActionFailedException(String message) {
    super(message);
  }

  /** Likewise, with what brought it about. */
  public ActionFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
