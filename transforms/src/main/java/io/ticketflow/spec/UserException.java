package io.ticketflow.spec;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a user asked for cannot be done as it stands. The message is one sentence that names the key
 * or file, and what was found there; whoever shows it adds nothing.
 */
public final class UserException extends IllegalArgumentException {
  /** That sentence. */
  public UserException(String message) {
    super(message);
  }

  /** The exception with a message of that format, in the root locale. */
  public static UserException of(String format, @Nullable Object... values) {
    return new UserException(String.format(Locale.ROOT, format, values));
  }

  /** Accepts the value of a key that holds what it must. */
  public static void check(boolean holds, String key, String must, Object got) {
    if (!holds) {
      throw new UserException(key + " must be " + must + ", got " + got);
    }
  }

  /** A name from somebody's file, fit to be shown in a sentence. */
  public static String printable(String name) {
    String shown = name.replaceAll("\\p{Cntrl}", "?");
    return shown.length() > 100 ? shown.substring(0, 100) + "…" : shown;
  }
}
