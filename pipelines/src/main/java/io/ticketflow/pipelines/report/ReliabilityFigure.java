package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.ReliabilityRow;
import io.ticketflow.store.tables.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often images that a network is so sure of are in the class that it says. */
final class ReliabilityFigure {
  /** Cycles of a method that are drawn: the first, the middle and the last one. */
  private static final int MOST_OF_EACH = 3;

  /** All images of a bin, over seeds. */
  private static final class Sum {
    private long images;
    private double confidence;
    private double right;
  }

  private ReliabilityFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    Map<String, Map<Integer, Map<Integer, Sum>>> all = new LinkedHashMap<>();
    for (ExperimentTables experiment : experiments) {
      RunSeries runs = new RunSeries(experiment);
      for (ReliabilityRow row : experiment.rows(Tables.RELIABILITIES)) {
        if (row.getSubject().equals("solution")) {
          String label = runs.label(row.getRun(), row.getMethod(), labels);
          Sum bin =
              all.computeIfAbsent(label, l -> new TreeMap<>())
                  .computeIfAbsent(row.getCycle(), cycle -> new TreeMap<>())
                  .computeIfAbsent(row.getPosition(), position -> new Sum());
          bin.images += row.getImages();
          bin.confidence += row.getImages() * row.getConfidence();
          bin.right += row.getImages() * row.getAccuracy();
        }
      }
    }
    List<List<List<Map<String, Object>>>> series = new ArrayList<>();
    all.forEach(
        (label, cycles) -> {
          List<List<Map<String, Object>>> drawn = new ArrayList<>();
          cycles.forEach(
              (cycle, bins) ->
                  drawn.add(bins.values().stream().map(bin -> row(label, cycle, bin)).toList()));
          series.add(Thinned.every(Thinned.step(drawn.size(), MOST_OF_EACH), drawn));
        });
    Thinned<Map<String, Object>> thinned = Thinned.of(series, "");
    return new Figure(
        "reliability",
        "Reliability diagrams",
        "Solutions on test, images of all seeds by the probability of the class that a network"
            + " says: how many of them are in it. Above the diagonal a network is less sure than it"
            + " could be. The first, a middle and the last cycle.",
        thinned.points(),
        thinned.notes());
  }

  private static Map<String, Object> row(String label, int cycle, Sum bin) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("series", label);
    row.put("cycle", cycle);
    row.put("confidence", bin.confidence / bin.images);
    row.put("accuracy", bin.right / bin.images);
    row.put("images", bin.images);
    return row;
  }
}
