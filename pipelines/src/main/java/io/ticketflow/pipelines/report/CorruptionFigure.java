package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CorruptionRow;
import io.ticketflow.store.tables.Tables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Accuracy under each corruption in each cycle. */
final class CorruptionFigure {
  private record Key(String series, int cycle, String family, String corruption) {}

  private CorruptionFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    Gathered<Key> cells = new Gathered<>();
    for (ExperimentTables experiment : experiments) {
      RunSeries runs = new RunSeries(experiment);
      for (CorruptionRow row : experiment.rows(Tables.CORRUPTIONS)) {
        if (row.getSubject().equals("solution")) {
          String label = runs.label(row.getRun(), row.getMethod(), labels);
          Key key = new Key(label, row.getCycle(), row.getFamily(), row.getCorruption());
          cells.add(key, "density", row.getDensity());
          cells.add(key, "accuracy", row.getAccuracy());
          cells.add(key, "severity " + row.getSeverity(), row.getAccuracy());
        }
      }
    }
    Thinned<Map<String, Object>> thinned = Thinned.ofRows(cells.rows(CorruptionFigure::row));
    return new Figure(
        "corruptions",
        "Accuracy under each corruption",
        "Solutions on corrupted test images: mean over severities and seeds. The tooltip has each"
            + " severity.",
        thinned.points(),
        thinned.notes());
  }

  private static Map<String, Object> row(Key key, Gathered.Values values) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("series", key.series);
    row.put("cycle", key.cycle);
    row.put("family", key.family);
    row.put("corruption", key.corruption);
    values.byName().keySet().stream().sorted().forEach(name -> values.putMean(row, name));
    return row;
  }
}
