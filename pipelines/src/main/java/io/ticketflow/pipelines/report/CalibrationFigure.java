package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CalibrationRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far probabilities are to be believed, before and after temperature scaling. */
final class CalibrationFigure {
  private record Key(String series, int cycle, String quantity) {}

  private CalibrationFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    Gathered<Key> networks = new Gathered<>();
    for (ExperimentTables experiment : experiments) {
      RunSeries runs = new RunSeries(experiment);
      for (CalibrationRow row : experiment.calibrations()) {
        Optional<Series> series = runs.of(row.getRun());
        if (series.isPresent()) {
          String method = labels.getOrDefault(series.get(), row.getMethod());
          String label = label(method, row.getSubject());
          Map<String, Double> quantities = new LinkedHashMap<>();
          quantities.put("calibration error", row.getEce());
          quantities.put("calibration error after scaling", row.getScaledEce());
          quantities.put("temperature", row.getTemperature());
          quantities.forEach(
              (quantity, value) -> {
                Key key = new Key(label, row.getCycle(), quantity);
                networks.add(key, "density", row.getDensity());
                networks.add(key, "value", value);
                networks.add(key, "nll", row.getNll());
                networks.add(key, "scaledNll", row.getScaledNll());
              });
        }
      }
    }
    return new Figure(
        "calibration",
        "Calibration against density",
        "Expected calibration error on test, before and after logits are divided by the temperature"
            + " that fits validation best; above 1 the network was too sure. Mean over seeds."
            + " Sparser is to the right.",
        networks.rows(
            (key, values) -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("series", key.series);
              row.put("panel", key.quantity);
              row.put("cycle", key.cycle);
              values.putMean(row, "density");
              values.put(row, "value");
              values.putMean(row, "nll");
              values.putMean(row, "scaledNll");
              return row;
            }),
        List.of());
  }

  private static String label(String method, String subject) {
    return switch (subject) {
      case "solution" -> method;
      case "ensemble" -> method + ", ensemble";
      default -> method + ", a particle";
    };
  }
}
