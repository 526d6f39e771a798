package io.ticketflow.runners.doctor;

/**
 * What one check found.
 *
 * @param subject what was looked at
 * @param text what is there, or what to do about it, as one sentence
 */
public record Finding(Level level, String subject, String text) {
  /** How bad it is. */
  public enum Level {
    OK,
    /** Runs, but not well. */
    WARNING,
    /** Does not run. */
    PROBLEM
  }

  /** All is well. */
  public static Finding ok(String subject, String text) {
    return new Finding(Level.OK, subject, text);
  }

  /** Something is worse than it could be. */
  public static Finding warning(String subject, String text) {
    return new Finding(Level.WARNING, subject, text);
  }

  /** What an exception says, with its first letter large and a stop. */
  public static String sentence(Exception e) {
    Throwable said = e.getCause() == null ? e : e.getCause();
    String text = String.valueOf(said.getMessage());
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  /** Something is wrong. */
  public static Finding problem(String subject, String text) {
    return new Finding(Level.PROBLEM, subject, text);
  }
}
