package io.ticketflow.runners;

/** What the process returns to the shell. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;

  /** Wrong arguments, or a configuration that cannot be run; nothing was trained. */
  public static final int USAGE = 2;

  /** Some runs have results, others failed. */
  public static final int SOME_RUNS_FAILED = 3;

  /** What was compared differs. */
  public static final int DIFFERENT = 4;

  /** What was to be compared cannot be, or too few seeds tell nothing. */
  public static final int CANNOT_TELL = 5;

  /** By Ctrl-C: 128 + SIGINT. */
  public static final int CANCELLED = 130;

  private ExitCode() {}
}
