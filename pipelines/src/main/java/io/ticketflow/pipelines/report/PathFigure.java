package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.PathRow;
import io.ticketflow.store.tables.Tables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The loss along lines between networks of one run. */
final class PathFigure {
  private record Key(String panel, int cycle, double share) {}

  private PathFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    Gathered<Key> points = new Gathered<>();
    for (ExperimentTables experiment : experiments) {
      RunSeries runs = new RunSeries(experiment);
      for (PathRow row : experiment.rows(Tables.PATHS)) {
        Optional<Series> series = runs.of(row.getRun());
        if (series.isPresent() && !row.getMeasure().equals(BarrierFigure.OF_METHODS)) {
          String label = labels.getOrDefault(series.get(), row.getMethod());
          Key key = new Key(label + ", " + row.getMeasure(), row.getCycle(), row.getShare());
          points.add(key, "loss", row.getLoss());
          points.add(key, "accuracy", row.getAccuracy());
        }
      }
    }
    List<Map<String, Object>> rows = new ArrayList<>(points.rows(PathFigure::row));
    rows.sort(Comparator.comparing(row -> String.valueOf(row.get("series"))));
    Thinned<Map<String, Object>> thinned = Thinned.ofRows(rows);
    return new Figure(
        "paths",
        "Loss along the lines",
        "From the first network (share 0) to the second (share 1): mean over seeds and lines, a"
            + " line a cycle, BatchNorm recalibrated at each point.",
        thinned.points(),
        thinned.notes());
  }

  private static Map<String, Object> row(Key key, Gathered.Values values) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("series", key.panel);
    row.put("cycle", key.cycle);
    row.put("share", key.share);
    values.putMean(row, "loss");
    values.putMean(row, "accuracy");
    return row;
  }
}
