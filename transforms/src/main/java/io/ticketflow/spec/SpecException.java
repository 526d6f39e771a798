package io.ticketflow.spec;

/** A configuration that cannot be run; the message is one sentence that names key and value. */
public final class SpecException extends IllegalArgumentException {
  public SpecException(String message) {
    super(message);
  }

  static void check(boolean holds, String key, String must, Object got) {
    if (!holds) {
      throw new SpecException(key + " must be " + must + ", got " + got);
    }
  }
}
