package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CorruptionRow;
import io.ticketflow.store.tables.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
          Optional<Series> series = runs.of(row.getRun());
          String label =
              series.map(of -> labels.getOrDefault(of, row.getMethod())).orElse(row.getMethod());
          Key key = new Key(label, row.getCycle(), row.getFamily(), row.getCorruption());
          cells.add(key, "density", row.getDensity());
          cells.add(key, "accuracy", row.getAccuracy());
          cells.add(key, "severity " + row.getSeverity(), row.getAccuracy());
        }
      }
    }
    Map<String, Map<Integer, List<Map<String, Object>>>> panels = new LinkedHashMap<>();
    cells
        .rows(CorruptionFigure::row)
        .forEach(
            row ->
                panels
                    .computeIfAbsent((String) row.get("series"), panel -> new TreeMap<>())
                    .computeIfAbsent((Integer) row.get("cycle"), cycle -> new ArrayList<>())
                    .add(row));
    List<List<List<Map<String, Object>>>> all = new ArrayList<>();
    panels.values().forEach(cycles -> all.add(List.copyOf(cycles.values())));
    Thinned<Map<String, Object>> thinned = Thinned.of(all, "");
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
