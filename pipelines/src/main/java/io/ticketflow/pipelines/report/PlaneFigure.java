package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.PlaneRow;
import io.ticketflow.store.tables.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Losses on planes through three networks. */
final class PlaneFigure {
  /** Planes of a method and a measure that are drawn: the first, the middle and the last one. */
  private static final int MOST_OF_EACH = 3;

  /** Planes beside one another. */
  private static final int MOST = 12;

  private record Kind(String series, String measure) {}

  private PlaneFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    Map<Kind, Map<Integer, List<PlaneRow>>> planes = new LinkedHashMap<>();
    for (ExperimentTables experiment : experiments) {
      RunSeries runs = new RunSeries(experiment);
      for (String run : runs.first()) {
        for (PlaneRow row : experiment.rows(Tables.PLANES, run)) {
          Kind kind = new Kind(runs.label(run, row.getMethod(), labels), row.getMeasure());
          planes
              .computeIfAbsent(kind, k -> new TreeMap<>())
              .computeIfAbsent(row.getCycle(), cycle -> new ArrayList<>())
              .add(row);
        }
      }
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    int count = 0;
    int all = 0;
    for (Map.Entry<Kind, Map<Integer, List<PlaneRow>>> each : planes.entrySet()) {
      List<List<PlaneRow>> cycles = List.copyOf(each.getValue().values());
      all += cycles.size();
      int step = Thinned.step(cycles.size(), MOST_OF_EACH);
      for (List<PlaneRow> plane : Thinned.every(step, cycles)) {
        if (count < MOST) {
          count++;
          plane.forEach(row -> rows.add(row(each.getKey().series, row)));
        }
      }
    }
    return new Figure(
        "planes",
        "Loss on planes through three networks",
        "Darker is lower; each plane has a scale of its own. Distances are those of weights, alike"
            + " to the right and upwards. Planes are of the first seed.",
        rows,
        count < all
            ? List.of(
                String.format(
                    Locale.ROOT,
                    "%d of %d planes are drawn; %s has all.",
                    count,
                    all,
                    Tables.PLANES.folder()))
            : List.of());
  }

  private static Map<String, Object> row(String label, PlaneRow row) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("series", label);
    value.put("measure", row.getMeasure());
    value.put("cycle", row.getCycle());
    value.put("density", row.getDensity());
    value.put("first", row.getFirst());
    value.put("second", row.getSecond());
    value.put("third", row.getThird());
    value.put("secondX", row.getSecondX());
    value.put("thirdX", row.getThirdX());
    value.put("thirdY", row.getThirdY());
    value.put("x", row.getX());
    value.put("y", row.getY());
    value.put("loss", row.getLoss());
    value.put("accuracy", row.getAccuracy());
    return value;
  }
}
