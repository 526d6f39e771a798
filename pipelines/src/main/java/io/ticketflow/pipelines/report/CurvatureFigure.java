package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CurvatureRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How sharply the train loss bends at solutions and particles. */
final class CurvatureFigure {
  private record Key(String series, int cycle, String quantity) {}

  private CurvatureFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    Gathered<Key> networks = new Gathered<>();
    for (ExperimentTables experiment : experiments) {
      RunSeries runs = new RunSeries(experiment);
      for (CurvatureRow row : experiment.curvatures()) {
        Optional<Series> series = runs.of(row.getRun());
        if (series.isPresent()) {
          String method = labels.getOrDefault(series.get(), row.getMethod());
          String label = row.getSubject().equals("solution") ? method : method + ", a particle";
          Map<String, Double> quantities = new LinkedHashMap<>();
          quantities.put("trace", row.getTrace());
          quantities.put("largest eigenvalue", row.getLargestEigenvalue());
          quantities.forEach(
              (quantity, value) -> {
                Key key = new Key(label, row.getCycle(), quantity);
                networks.add(key, "density", row.getDensity());
                networks.add(key, "value", value);
                networks.add(key, "error", row.getTraceError());
              });
        }
      }
    }
    return new Figure(
        "curvature",
        "Curvature against density",
        "Trace and largest eigenvalue of the Hessian of the train loss, in the weights that are"
            + " kept: mean over seeds. Smaller is flatter. Sparser is to the right.",
        networks.rows(
            (key, values) -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("series", key.series);
              row.put("panel", key.quantity);
              row.put("cycle", key.cycle);
              values.putMean(row, "density");
              values.put(row, "value");
              if (key.quantity.equals("trace")) {
                values.putMean(row, "error");
              }
              return row;
            }),
        List.of());
  }
}
