package io.ticketflow.runners.data;

import java.io.IOException;
import java.nio.file.FileSystemException;

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

  /** What an exception says of itself, with its name where the text alone does not say why. */
  static String reason(Exception e) {
    String name = e.getClass().getSimpleName();
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      return name;
    }
    boolean onlyNamesTheFile =
        e instanceof FileSystemException failure && failure.getReason() == null;
    return onlyNamesTheFile ? name + " " + message : message;
  }
}
