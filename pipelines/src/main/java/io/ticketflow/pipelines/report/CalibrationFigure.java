package io.ticketflow.pipelines.report;

import static java.util.Map.entry;

import io.ticketflow.schemas.CalibrationRow;
import io.ticketflow.store.tables.Tables;
import java.util.List;
import java.util.Map;

/** How far probabilities are to be believed, before and after temperature scaling. */
final class CalibrationFigure {
  private CalibrationFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    return new Figure(
        "calibration",
        "Calibration against density",
        "Expected calibration error on test, before and after logits are divided by the temperature"
            + " that fits validation best; above 1 the network was too sure. Mean over seeds."
            + " Sparser is to the right.",
        Quantities.rows(
            experiments,
            labels,
            experiment -> experiment.rows(Tables.CALIBRATIONS).stream().map(CalibrationFigure::of)),
        List.of());
  }

  private static Quantities of(CalibrationRow row) {
    return new Quantities(
        row.getRun(),
        row.getMethod(),
        row.getCycle(),
        row.getDensity(),
        suffix(row.getSubject()),
        Quantities.named(
            entry("calibration error", row.getEce()),
            entry("calibration error after scaling", row.getScaledEce()),
            entry("temperature", row.getTemperature())),
        Quantities.named(entry("nll", row.getNll()), entry("scaledNll", row.getScaledNll())));
  }

  private static String suffix(String subject) {
    return switch (subject) {
      case "solution" -> "";
      case "ensemble" -> ", ensemble";
      default -> ", a particle";
    };
  }
}
