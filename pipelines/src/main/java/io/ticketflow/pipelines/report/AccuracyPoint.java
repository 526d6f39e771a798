package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CycleRow;
import io.ticketflow.store.tables.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Test accuracy of one subject of a series in one cycle, over its seeds.
 *
 * @param density mean over the runs
 * @param subject merged, particles or ensemble
 */
record AccuracyPoint(Series series, int cycle, double density, String subject, Spread accuracy) {
  static final String MERGED = Deliverables.RESULT;
  static final String PARTICLES = "particles";
  static final String ENSEMBLE = "ensemble";

  /** What one run measured on test in one cycle. */
  private static final class Measured {
    final Map<String, List<Double>> bySubject = new HashMap<>();

    void add(String subject, double accuracy) {
      bySubject.computeIfAbsent(subject, s -> new ArrayList<>()).add(accuracy);
    }

    List<Double> of(String subject) {
      return bySubject.getOrDefault(subject, List.of());
    }

    /** Whether particles say anything that the merged network does not. */
    boolean isMany() {
      return of(PARTICLES).size() > 1 || of(MERGED).isEmpty();
    }
  }

  private record Key(Series series, int cycle) {}

  /**
   * Merged networks, the mean of a run's particles, and ensembles, by series, cycle and subject. A
   * single particle is left out beside a merged network.
   */
  static List<AccuracyPoint> of(List<ExperimentTables> experiments) {
    Map<Series, Map<Integer, Map<String, Measured>>> byRun = new HashMap<>();
    Map<Key, List<Double>> densities = new HashMap<>();
    for (ExperimentTables experiment : experiments) {
      for (CycleRow row : Deliverables.of(experiment.rows(Tables.CYCLES))) {
        if (!row.getSplit().equals("test")) {
          continue;
        }
        Series series = Series.of(experiment.name(), row);
        densities
            .computeIfAbsent(new Key(series, row.getCycle()), k -> new ArrayList<>())
            .add(row.getDensity());
        byRun
            .computeIfAbsent(series, s -> new TreeMap<>())
            .computeIfAbsent(row.getCycle(), c -> new TreeMap<>())
            .computeIfAbsent(row.getRun(), r -> new Measured())
            .add(
                row.getSubject().equals("particle") ? PARTICLES : row.getSubject(),
                row.getAccuracy());
      }
    }
    List<AccuracyPoint> points = new ArrayList<>();
    new TreeMap<>(byRun)
        .forEach(
            (series, cycles) ->
                cycles.forEach(
                    (cycle, runs) -> {
                      double density =
                          Spread.of(densities.getOrDefault(new Key(series, cycle), List.of()))
                              .map(Spread::mean)
                              .orElse(1.0);
                      for (String subject : List.of(MERGED, PARTICLES, ENSEMBLE)) {
                        List<Double> overRuns = new ArrayList<>();
                        for (Measured run : runs.values()) {
                          if (!subject.equals(PARTICLES) || run.isMany()) {
                            Spread.of(run.of(subject))
                                .ifPresent(within -> overRuns.add(within.mean()));
                          }
                        }
                        Spread.of(overRuns)
                            .ifPresent(
                                spread ->
                                    points.add(
                                        new AccuracyPoint(
                                            series, cycle, density, subject, spread)));
                      }
                    }));
    return points;
  }
}
