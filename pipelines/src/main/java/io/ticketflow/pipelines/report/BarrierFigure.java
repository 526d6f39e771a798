package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.BarrierRow;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.store.tables.Tables;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How high the loss rises on lines between networks. */
final class BarrierFigure {
  private static final List<String> MEASURES =
      Arrays.stream(MeasureSpec.Name.values()).map(MeasureSpec.Name::label).toList();

  static final String OF_METHODS = MeasureSpec.Name.METHOD_BARRIERS.label();

  private record Key(String series, String measure, int cycle) {}

  private BarrierFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    Gathered<Key> lines = new Gathered<>();
    MethodPairs pairs = new MethodPairs();
    for (ExperimentTables experiment : experiments) {
      RunSeries runs = new RunSeries(experiment);
      for (BarrierRow row : experiment.rows(Tables.BARRIERS)) {
        Optional<Series> series = runs.of(row.getRun());
        if (series.isPresent()) {
          String label = labels.getOrDefault(series.get(), row.getMethod());
          if (row.getMeasure().equals(OF_METHODS)) {
            label = pairs.name(label, row.getMethod(), row.getSecond(), runs);
          }
          Key key = new Key(label, row.getMeasure(), row.getCycle());
          lines.add(key, "density", row.getDensity());
          lines.add(key, "loss", row.getLossBarrier());
          lines.add(key, "overMean", row.getLossBarrierOverMean());
          lines.add(key, "error", row.getErrorBarrier());
          lines.add(key, "distance", row.getDistance());
        }
      }
    }
    return new Figure(
        "barriers",
        "Loss barriers against density",
        "The highest loss on a line between two networks, less the higher loss of its ends: mean"
            + " over seeds and lines. 0: no network between them is worse than the worse of them;"
            + " they are linearly connected. Sparser is to the right.",
        pairs.drawn(sorted(lines.rows(BarrierFigure::row))),
        pairs.notes(Tables.BARRIERS.folder()));
  }

  private static Map<String, Object> row(Key key, Gathered.Values values) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("series", key.series);
    row.put("panel", key.measure);
    row.put("cycle", key.cycle);
    values.putMean(row, "density");
    values.put(row, "loss");
    values.putMean(row, "overMean");
    values.putMean(row, "error");
    values.putMean(row, "distance");
    return row;
  }

  /** In the order in which the specification lists measures. */
  private static List<Map<String, Object>> sorted(List<Map<String, Object>> rows) {
    return rows.stream()
        .sorted(Comparator.comparing(row -> MEASURES.indexOf(row.get("panel"))))
        .toList();
  }
}
