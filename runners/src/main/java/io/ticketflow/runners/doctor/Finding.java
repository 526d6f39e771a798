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

  static Finding ok(String subject, String text) {
    return new Finding(Level.OK, subject, text);
  }

  static Finding warning(String subject, String text) {
    return new Finding(Level.WARNING, subject, text);
  }

  static Finding problem(String subject, String text) {
    return new Finding(Level.PROBLEM, subject, text);
  }
}
