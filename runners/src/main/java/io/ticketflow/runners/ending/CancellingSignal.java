package io.ticketflow.runners.ending;

/** The signals that ask a process to end, by the names that systems give them. */
enum CancellingSignal {
  /** The terminal was closed. */
  HUP(1),
  /** Ctrl-C. */
  INT(2),
  /** What {@code kill} sends, and systems that shut down. */
  TERM(15);

  private static final int SIGNALLED = 128;

  private final int number;

  CancellingSignal(int number) {
    this.number = number;
  }

  /** What shells say of a process that the signal ended. */
  int exitCode() {
    return SIGNALLED + number;
  }
}
