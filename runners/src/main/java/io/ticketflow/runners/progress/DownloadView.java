package io.ticketflow.runners.progress;

import java.io.PrintWriter;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows downloads one after another: a bar each on a terminal, a line each elsewhere. */
public final class DownloadView implements AutoCloseable {
  private final PrintWriter err;
  private final boolean interactive;
  private final int width;
  private String current = "";
  private Optional<ProgressBar> bar = Optional.empty();

  /**
   * @param interactive whether a person looks at it, so that lines may be drawn over
   * @param width of a line, in characters
   */
  public DownloadView(PrintWriter err, boolean interactive, int width) {
    this.err = err;
    this.interactive = interactive;
    this.width = width;
  }

  /** Shows that so many of a file's bytes are there. */
  public void at(String file, long done, long total) {
    if (!file.equals(current)) {
      close();
      current = file;
      if (interactive) {
        bar =
            Optional.of(
                new ProgressBarBuilder()
                    .setTaskName(file)
                    .setInitialMax(total)
                    .setUnit(" MB", 1_000_000)
                    .setConsumer(new DelegatingProgressBarConsumer(this::draw, width - 1))
                    .build());
      } else {
        err.println("fetching " + file + ", " + Math.round(total / 1e6) + " MB");
        err.flush();
      }
    }
    bar.ifPresent(shown -> shown.stepTo(done));
  }

  /** By ourselves, as {@link Bars} says why. */
  private void draw(String text) {
    err.print("\r" + text);
    err.flush();
  }

  @Override
  public void close() {
    bar.ifPresent(
        shown -> {
          shown.close();
          err.println();
        });
    bar = Optional.empty();
  }
}
