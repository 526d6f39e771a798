package io.ticketflow.store.tables;

import io.ticketflow.spec.Reason;
import java.io.IOException;

/** A table that cannot be read; the message is one sentence that names the file. */
public final class DamagedTableException extends IOException {
  DamagedTableException(String file, Throwable cause) {
    super(file + " is damaged or not a table of this kind: " + Reason.of(cause), cause);
  }
}
