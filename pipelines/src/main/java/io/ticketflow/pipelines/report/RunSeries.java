package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CycleRow;
import io.ticketflow.store.tables.Tables;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which series the runs of an experiment belong to. */
final class RunSeries {
  private final Map<String, Series> byRun = new HashMap<>();

  RunSeries(ExperimentTables experiment) {
    for (CycleRow row : experiment.rows(Tables.CYCLES)) {
      byRun.putIfAbsent(row.getRun(), Series.of(experiment.name(), row));
    }
  }

  /** A run's; none if nothing was measured of it. */
  Optional<Series> of(String run) {
    return Optional.ofNullable(byRun.get(run));
  }
}
