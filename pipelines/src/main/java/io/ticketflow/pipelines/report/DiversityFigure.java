package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.PairRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the particles of a cycle differ. */
final class DiversityFigure {
  private record Key(String series, int cycle, String quantity) {}

  private DiversityFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    Gathered<Key> pairs = new Gathered<>();
    for (ExperimentTables experiment : experiments) {
      RunSeries runs = new RunSeries(experiment);
      for (PairRow row : experiment.pairs()) {
        Optional<Series> series = runs.of(row.getRun());
        if (series.isPresent()) {
          String label = labels.getOrDefault(series.get(), row.getMethod());
          Map<String, Double> quantities = new LinkedHashMap<>();
          quantities.put("predictions that differ", row.getDisagreement());
          quantities.put("errors that differ", row.getDifferingErrors());
          quantities.put("distance of weights", row.getDistance());
          quantities.forEach(
              (quantity, value) -> {
                Key key = new Key(label, row.getCycle(), quantity);
                pairs.add(key, "density", row.getDensity());
                pairs.add(key, "value", value);
              });
        }
      }
    }
    return new Figure(
        "diversity",
        "How particles differ",
        "Share of images that two particles put in different classes; share of the errors of either"
            + " that are not errors of both; length of the difference of their weights. Mean over"
            + " seeds and pairs. Sparser is to the right.",
        pairs.rows(
            (key, values) -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("series", key.series);
              row.put("panel", key.quantity);
              row.put("cycle", key.cycle);
              values.putMean(row, "density");
              values.put(row, "value");
              return row;
            }),
        List.of());
  }
}
