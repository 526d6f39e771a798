package io.ticketflow.store.packed;

import java.io.IOException;

/** A packed file whose plain form cannot be told: it is cut short or altered. */
public final class DamagedFormException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedFormException(String message) {
    super(message);
  }
}
