package io.ticketflow.runners.sweep;

import io.ticketflow.runners.progress.Bars;
import io.ticketflow.runners.progress.PlainLines;
import io.ticketflow.runners.progress.ProgressView;
import io.ticketflow.runners.progress.Work;
import java.io.PrintWriter;
import java.time.InstantSource;

/**
 * Where a command speaks to its user.
 *
 * @param out results
 * @param err progress and errors
 * @param interactive whether a person looks at it, so that lines may be drawn over
 * @param width of a line, in characters
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean interactive, int width) {
  private static final int DEFAULT_WIDTH = 100;

  /**
   * The process's terminal, or the files and pipes that stand for it: what bin/ticketflow says of
   * it, as Java 17 cannot tell.
   */
  public static Terminal of(PrintWriter out, PrintWriter err) {
    return new Terminal(
        out,
        err,
        Boolean.getBoolean("ticketflow.terminal"),
        Integer.getInteger("ticketflow.columns", DEFAULT_WIDTH));
  }

  /** A line beside the results. */
  public void say(String line) {
    err.println(interactive ? Bars.CLEARED + line : line);
    err.flush();
  }

  ProgressView progress(Work work) {
    return interactive ? new Bars(work, err, width) : new PlainLines(err, InstantSource.system());
  }
}
