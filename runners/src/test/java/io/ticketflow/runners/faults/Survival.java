package io.ticketflow.runners.faults;

import java.util.Locale;

/**
 * A line of the table in this folder's README.md.
 *
 * @param number of the fault, as in the table
 * @param epochsLost trained more than an undisturbed run trains, epochs cut off included
 * @param seconds from the fault to when the work stood there again
 */
record Survival(int number, String fault, int epochsLost, double seconds) {
  /** Says it where who runs the tests reads it. */
  @SuppressWarnings("SystemOut")
  void tell() {
    System.out.printf(
        Locale.ROOT, "| %2d | %s | yes | %d | %.1f |%n", number, fault, epochsLost, seconds);
  }
}
