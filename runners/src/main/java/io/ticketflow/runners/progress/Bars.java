package io.ticketflow.runners.progress;

import io.ticketflow.beam.TrainingProgress;
import java.io.PrintStream;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar over all epochs, and below it a line about the trainings that run: for terminals. */
public final class Bars implements ProgressView {
  private final ProgressBar all;
  private final ProgressBar running;
  private volatile Optional<java.time.Duration> left = Optional.empty();
  private volatile String runningText = "";

  public Bars(Work work) {
    all =
        bar("epochs")
            .setInitialMax(work.epochs())
            .setEtaFunction(state -> left)
            .setStyle(unicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
            .build();
    running = bar("running").setRenderer((state, width) -> shortened(runningText, width)).build();
  }

  @Override
  public void show(Overview overview) {
    left = overview.left();
    all.stepTo(overview.epochsDone());
    all.setExtraMessage(
        overview.finished().size() + "/" + overview.work().trainings() + " trainings");
    runningText = text(overview);
    all.refresh();
    running.refresh();
  }

  @Override
  public void close() {
    runningText = "";
    running.close();
    all.close();
  }

  private static ProgressBarBuilder bar(String name) {
    // Refreshed by show only: a late refresh would write into the table that follows.
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setUpdateIntervalMillis(500)
        .continuousUpdate()
        .clearDisplayOnFinish();
  }

  private static String text(Overview overview) {
    StringBuilder text = new StringBuilder();
    for (TrainingProgress training : overview.running()) {
      text.append(text.isEmpty() ? "" : " | ")
          .append(TrainingText.name(training))
          .append(" epoch ")
          .append(training.epoch())
          .append('/')
          .append(training.endEpoch())
          .append(TrainingText.accuracy(training))
          .append(TrainingText.speed(training));
    }
    return text.toString();
  }

  static String shortened(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
  }

  private static boolean unicode() {
    PrintStream err = System.err;
    return java.nio.charset.Charset.defaultCharset().newEncoder().canEncode('█') && err != null;
  }
}
