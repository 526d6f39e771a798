package io.ticketflow.spec;

/**
 * What a user asked for cannot be done as it stands. The message is one sentence that names the key
 * or file, and what was found there; whoever shows it adds nothing.
 */
public final class UserException extends IllegalArgumentException {
  public UserException(String message) {
    super(message);
  }

  public static void check(boolean holds, String key, String must, Object got) {
    if (!holds) {
      throw new UserException(key + " must be " + must + ", got " + got);
    }
  }
}
