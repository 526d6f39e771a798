package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CycleRow;
import io.ticketflow.store.tables.Tables;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which series the runs of an experiment belong to. */
final class RunSeries {
  private final Map<String, Series> byRun = new LinkedHashMap<>();

  RunSeries(ExperimentTables experiment) {
    for (CycleRow row : experiment.rows(Tables.CYCLES)) {
      byRun.putIfAbsent(row.getRun(), Series.of(experiment.name(), row));
    }
  }

  /** The first run of every series, in the tables' order. */
  Collection<String> first() {
    Map<Series, String> first = new LinkedHashMap<>();
    byRun.forEach((run, series) -> first.putIfAbsent(series, run));
    return first.values();
  }

  /**
   * What a figure calls a run: its series' label, or its method where nothing was measured of it.
   */
  String label(String run, String method, Map<Series, String> labels) {
    return of(run).map(series -> labels.getOrDefault(series, method)).orElse(method);
  }

  /** A run's; none if nothing was measured of it. */
  Optional<Series> of(String run) {
    return Optional.ofNullable(byRun.get(run));
  }
}
