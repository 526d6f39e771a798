package io.ticketflow.runners.progress;

import io.ticketflow.work.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run at one moment, a fact a line. */
public final class OverviewText {
  private OverviewText() {}

  /** How much is done, how long the rest may take, and what is trained now. */
  public static List<String> lines(Overview overview) {
    List<String> lines = new ArrayList<>();
    overview.phase().ifPresent(phase -> lines.add("Phase      " + phase));
    long failed =
        overview.finished().stream()
            .filter(training -> training.state() == TrainingProgress.State.FAILED)
            .count();
    lines.add(
        String.format(
            Locale.ROOT,
            "Trainings  %,d of %,d done%s",
            overview.finished().size(),
            overview.work().trainings(),
            failed == 0 ? "" : ", " + failed + " of them failed"));
    lines.add(
        String.format(
            Locale.ROOT,
            "Epochs     %,d of %,d done",
            overview.epochsDone(),
            overview.work().epochs()));
    overview.left().ifPresent(left -> lines.add("Left       about " + TimeText.of(left)));
    overview.running().forEach(training -> lines.add("Now        " + TrainingText.of(training)));
    return lines;
  }
}
