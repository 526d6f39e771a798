package io.ticketflow.runners.progress;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar over all epochs, and below it a line about the trainings that run: for terminals.
 *
 * <p>The bar is drawn by us, with two control sequences that every terminal knows: the library's
 * own way to the terminal takes the signals of the process over, and Ctrl-C would end it without a
 * word.
 */
public final class Bars implements ProgressView {
  private static final String CLEAR_TO_END = "\033[J";

  /** Takes away what the bar has drawn, so that a line can stand there. */
  public static final String CLEARED = "\r" + CLEAR_TO_END;

  private static final String UP = "\033[1A";

  private final PrintWriter out;
  private final int width;
  private final ProgressBar all;
  private volatile Optional<Duration> left = Optional.empty();
  private volatile String bar = "";

  /**
   * @param out the terminal
   * @param width of a line, in characters
   */
  public Bars(Work work, PrintWriter out, int width) {
    this.out = out;
    this.width = width;
    this.all =
        new ProgressBarBuilder()
            .setTaskName("epochs")
            .setInitialMax(work.epochs())
            .setEtaFunction(state -> left)
            .setStyle(unicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
            .setConsumer(new DelegatingProgressBarConsumer(text -> bar = text, width - 1))
            .build();
  }

  @Override
  public void show(Overview overview) {
    left = overview.left();
    all.stepTo(overview.epochsDone());
    all.setExtraMessage(
        overview.finished().size() + "/" + overview.work().trainings() + " trainings");
    all.refresh();
    out.print(
        CLEARED
            + bar
            + "\n"
            + shortened(
                overview.phase().map(phase -> phase + " | ").orElse("")
                    + TrainingText.running(overview, " | "),
                width - 1)
            + UP
            + "\r");
    out.flush();
  }

  @Override
  public void close() {
    all.close();
    out.print(CLEARED);
    out.flush();
  }

  static String shortened(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
  }

  private static boolean unicode() {
    return Charset.defaultCharset().newEncoder().canEncode('█');
  }
}
