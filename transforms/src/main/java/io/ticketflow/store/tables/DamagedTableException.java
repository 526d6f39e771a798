package io.ticketflow.store.tables;

import java.io.IOException;

/** A table that cannot be read; the message is one sentence that names the file. */
public final class DamagedTableException extends IOException {
  DamagedTableException(String file, Throwable cause) {
    super(file + " is damaged or not a table of this kind: " + reason(cause), cause);
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().findFirst().orElse(message);
  }
}
