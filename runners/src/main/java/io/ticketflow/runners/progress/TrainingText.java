package io.ticketflow.runners.progress;

import io.ticketflow.work.TrainingProgress;
import java.util.Locale;
import java.util.stream.Collectors;

/** One training in a few words. */
final class TrainingText {
  private TrainingText() {}

  /**
   * Such as "imp-1 cycle 2 particle 0", or "imp-1 matching ticket" for the dense training to T0.
   */
  static String name(TrainingProgress training) {
    if (training.particle() < 0) {
      return training.run() + " matching ticket";
    }
    return training.run() + " cycle " + training.cycle() + " particle " + training.particle();
  }

  /** The trainings that run, such as "imp-1 cycle 2 particle 0 epoch 3/10, accuracy 97.31 %". */
  static String running(Overview overview, String separator) {
    return overview.running().stream().map(TrainingText::of).collect(Collectors.joining(separator));
  }

  /** Such as "imp-1 cycle 2 particle 0 epoch 3/10, accuracy 97.31 %". */
  static String of(TrainingProgress training) {
    return name(training)
        + " epoch "
        + training.epoch()
        + "/"
        + training.endEpoch()
        + accuracy(training)
        + speed(training);
  }

  /** Such as ", accuracy 97.31 %", or nothing where it was not measured. */
  static String accuracy(TrainingProgress training) {
    Double accuracy = training.accuracy();
    return accuracy == null ? "" : String.format(Locale.ROOT, ", accuracy %.2f %%", 100 * accuracy);
  }

  /** Such as ", 12,345 images/s". */
  static String speed(TrainingProgress training) {
    return training.imagesPerSecond() > 0
        ? String.format(Locale.ROOT, ", %,.0f images/s", training.imagesPerSecond())
        : "";
  }
}
