package io.ticketflow.spec;

import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an error says, in words: without the names of Java's classes. */
public final class Reason {
  /** An exception that only wraps another repeats it as "CLASS: message", or as "CLASS". */
  private static final Pattern WRAPPED =
      Pattern.compile("((?:[a-z_][\\w$]*\\.)+[A-Z][\\w$]*)(?::\\s*(.*))?");

  private static final Pattern WORD_BOUNDARY =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private Reason() {}

  /**
   * The first line of its message, or its kind in words where it has none. A file system's error
   * has a file's name as its message: of it the reason alone, such as "access denied".
   */
  public static String of(Throwable error) {
    String message =
        error instanceof FileSystemException failure ? failure.getReason() : error.getMessage();
    return of(error.getClass().getName(), message == null ? "" : message);
  }

  /** Likewise, of an error of which only its class and message are known. */
  public static String of(String type, String message) {
    String line = message.lines().filter(text -> !text.isBlank()).findFirst().orElse("").strip();
    Matcher wrapped = WRAPPED.matcher(line);
    if (wrapped.matches()) {
      return of(wrapped.group(1), wrapped.group(2) == null ? "" : wrapped.group(2));
    }
    return line.isEmpty() ? kind(type) : line;
  }

  /** Such as "null pointer" of java.lang.NullPointerException. */
  public static String kind(String type) {
    String name = type.substring(1 + Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')));
    String core = name.replaceFirst("(?<=.)(Exception|Error)$", "");
    return WORD_BOUNDARY.matcher(core).replaceAll(" ").toLowerCase(Locale.ROOT);
  }
}
