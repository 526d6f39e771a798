package io.ticketflow.runners.progress;

import io.ticketflow.work.TrainingProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/**
 * A line for every finished training, and one about those that run when there was none for a while:
 * for logs and pipes. Never a carriage return.
 */
public final class PlainLines implements ProgressView {
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final PrintWriter out;
  private final InstantSource clock;
  private final Set<String> shown = new HashSet<>();
  private Instant last;

  public PlainLines(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    this.last = clock.instant();
  }

  @Override
  public void show(Overview overview) {
    for (TrainingProgress training : overview.finished()) {
      if (shown.add(training.action())) {
        line(finished(training, overview));
      }
    }
    boolean silent = !clock.instant().isBefore(last.plus(SILENCE));
    if (silent && !overview.running().isEmpty()) {
      line(
          overview.phase().map(phase -> phase + ": ").orElse("")
              + TrainingText.running(overview, "; ")
              + left(overview));
    } else if (silent && overview.phase().isPresent()) {
      line(overview.phase().get());
    }
  }

  @Override
  public void close() {
    out.flush();
  }

  private String finished(TrainingProgress training, Overview overview) {
    String ending =
        training.state() == TrainingProgress.State.FAILED
            ? " failed"
            : ": "
                + (training.epoch() - training.startEpoch())
                + " epochs"
                + TrainingText.accuracy(training);
    return "training "
        + shown.size()
        + " of "
        + overview.work().trainings()
        + ", "
        + TrainingText.name(training)
        + ending
        + left(overview);
  }

  private static String left(Overview overview) {
    return overview
        .left()
        .filter(time -> !time.isZero())
        .map(time -> "; " + TimeText.of(time) + " left")
        .orElse("");
  }

  private void line(String text) {
    out.println(text);
    out.flush();
    last = clock.instant();
  }
}
