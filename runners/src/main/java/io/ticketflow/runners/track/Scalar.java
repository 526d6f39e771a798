package io.ticketflow.runners.track;

import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A number of a run's that a tracker draws.
 *
 * @param tag the curve: what is measured, a slash, of what
 * @param step an epoch, a cycle, or millionths of the weights that are left
 * @param value finite
 */
record Scalar(String tag, long step, double value) {
  private static final double MILLION = 1e6;

  /**
   * Everything that is drawn of a run, by tag and step: the same tables give the same list.
   *
   * <p>{@code train_loss}, {@code train_accuracy}, {@code validation_loss}, {@code
   * validation_accuracy} and {@code learning_rate} by epoch, a curve a training; {@code
   * test_accuracy}, {@code test_loss} and {@code density} by cycle; {@code
   * test_accuracy_by_density}.
   */
  static List<Scalar> of(Location output, String run) throws IOException {
    List<Scalar> scalars = new ArrayList<>();
    for (EpochRow row : Tables.EPOCHS.read(output, run)) {
      String of = training(row);
      add(scalars, "train_loss/" + of, row.getEpoch(), row.getTrainLoss());
      add(scalars, "train_accuracy/" + of, row.getEpoch(), row.getTrainAccuracy());
      add(scalars, "learning_rate/" + of, row.getEpoch(), row.getLearningRate());
      if (row.getValidationLoss() != null) {
        add(scalars, "validation_loss/" + of, row.getEpoch(), row.getValidationLoss());
      }
      if (row.getValidationAccuracy() != null) {
        add(scalars, "validation_accuracy/" + of, row.getEpoch(), row.getValidationAccuracy());
      }
    }
    for (CycleRow row : Tables.CYCLES.read(output, run)) {
      if (row.getSplit().equals("test")) {
        String of = row.getSubject() + (row.getParticle() == null ? "" : "_" + row.getParticle());
        add(scalars, "test_accuracy/" + of, row.getCycle(), row.getAccuracy());
        add(scalars, "test_loss/" + of, row.getCycle(), row.getLoss());
        add(scalars, "density/" + of, row.getCycle(), row.getDensity());
        long left = Math.round(MILLION * row.getDensity());
        add(scalars, "test_accuracy_by_density/" + of, left, row.getAccuracy());
      }
    }
    scalars.sort(Comparator.comparing(Scalar::tag).thenComparingLong(Scalar::step));
    return scalars;
  }

  private static void add(List<Scalar> scalars, String tag, long step, double value) {
    if (Double.isFinite(value)) {
      scalars.add(new Scalar(tag, step, value));
    }
  }

  private static String training(EpochRow row) {
    return row.getParticle() < 0
        ? "matching_ticket"
        : String.format(Locale.ROOT, "cycle_%02d_particle_%d", row.getCycle(), row.getParticle());
  }
}
