package io.ticketflow.runners.data;

import java.io.IOException;

/** A download that failed; the message is one sentence that names the address or the file. */
public final class FetchException extends IOException {
  private static final long serialVersionUID = 1L;

  FetchException(String message) {
    super(message);
  }

  /** The reason is kept beside, not as the cause: the sentence says what the user needs. */
  FetchException(String message, Exception reason) {
    super(message);
    addSuppressed(reason);
  }

  /** What an exception says of itself; many network exceptions say nothing but their name. */
  static String reason(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
