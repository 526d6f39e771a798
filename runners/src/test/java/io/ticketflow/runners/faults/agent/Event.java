package io.ticketflow.runners.faults.agent;

import java.util.Locale;

/**
 * Something that a process came to: a line of a journal.
 *
 * @param millis of the clock, since 1970
 * @param pid of the process
 * @param operation as in {@link Fault}; {@link #FIRED} where a fault happened
 * @param path of a file, or empty
 * @param training the newest epoch of the thread, or empty
 * @param stack methods of Ticketflow, innermost first
 */
public record Event(
    long millis, long pid, String operation, String path, String training, String stack) {
  /** The operation of a fault that happens now. */
  public static final String FIRED = "fired";

  private static final String SEPARATOR = "\t";

  /** As {@link #parse} reads it, with an end of line. */
  String line() {
    return String.join(
            SEPARATOR,
            Long.toString(millis),
            Long.toString(pid),
            operation.toLowerCase(Locale.ROOT),
            path,
            training,
            stack)
        + "\n";
  }

  /** The event of a line. */
  public static Event parse(String line) {
    String[] fields = line.split(SEPARATOR, -1);
    return new Event(
        Long.parseLong(fields[0]),
        Long.parseLong(fields[1]),
        fields[2],
        fields[3],
        fields[4],
        fields[5]);
  }
}
