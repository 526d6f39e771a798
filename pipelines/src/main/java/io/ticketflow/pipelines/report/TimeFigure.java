package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CostRow;
import io.ticketflow.store.tables.Tables;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What workers' time went into. */
final class TimeFigure {
  private record Key(String series, String kind, String where) {}

  /** All that one method's actions of a kind took on one kind of machine. */
  private static final class Sum {
    private long done;
    private long found;
    private long retried;
    private double seconds;
  }

  private TimeFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    Map<Key, Sum> sums = new LinkedHashMap<>();
    for (ExperimentTables experiment : experiments) {
      RunSeries runs = new RunSeries(experiment);
      Set<String> told = new HashSet<>();
      for (CostRow row : experiment.rows(Tables.COSTS)) {
        // Work that several runs share was done once: the first of them is told of it.
        if (row.getAction().isEmpty() || told.add(row.getAction())) {
          String label = runs.label(row.getRun(), row.getMethod(), labels);
          Sum sum =
              sums.computeIfAbsent(new Key(label, row.getKind(), where(row)), key -> new Sum());
          Integer tries = row.getTries();
          sum.seconds += row.getSeconds();
          sum.retried += tries != null && tries > 1 ? 1 : 0;
          if (row.getCached()) {
            sum.found++;
          } else {
            sum.done++;
          }
        }
      }
    }
    return new Figure(
        "time",
        "Where time went",
        "Hours of one worker that a method's actions took when they were done, over all seeds; an"
            + " action that methods share counts for the first of them. The tooltip says how many"
            + " the last call did, how many it found, and how many took more than one attempt.",
        sums.entrySet().stream().map(each -> row(each.getKey(), each.getValue())).toList(),
        retried(sums.values().stream().mapToLong(sum -> sum.retried).sum()));
  }

  private static List<String> retried(long actions) {
    return actions == 0
        ? List.of()
        : List.of(
            actions
                + (actions == 1 ? " action" : " actions")
                + " took more than one attempt: one before failed, or its worker died.");
  }

  private static String where(CostRow row) {
    String device = row.getDevice().isEmpty() ? "no engine" : row.getDevice();
    String engine = row.getEngine();
    return engine == null ? device : device + ", engine " + engine;
  }

  private static Map<String, Object> row(Key key, Sum sum) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("series", key.series);
    row.put("kind", key.kind);
    row.put("where", key.where);
    row.put("hours", sum.seconds / 3600);
    row.put("done", sum.done);
    row.put("found", sum.found);
    row.put("retried", sum.retried);
    return row;
  }
}
