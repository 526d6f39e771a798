package io.ticketflow.pipelines.report;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.pipelines.statistics.PairedDifference;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.store.tables.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cycle in which the merged network is worse than its particles, on test.
 *
 * @param networks one a seed
 * @param difference of the merged network's accuracy and its particles' mean, in fractions; none of
 *     a single seed
 */
record Shortfall(
    ExperimentTables experiment,
    Series series,
    int cycle,
    double density,
    List<Network> networks,
    Optional<PairedDifference> difference) {
  /** A difference that matters, in fractions of accuracy, is told though chance may explain it. */
  private static final double MUCH = 0.005;

  /** In words. */
  String verdict() {
    return difference
        .map(known -> known.p() <= Gain.ALPHA ? "worse" : "cannot be told apart")
        .orElse("one seed: no interval");
  }

  /**
   * One seed's networks.
   *
   * @param particles their accuracies, by number
   */
  record Network(String run, double merged, List<Double> particles) {
    double mean() {
      return particles.stream().mapToDouble(accuracy -> accuracy).average().orElse(Double.NaN);
    }

    double difference() {
      return merged - mean();
    }
  }

  /**
   * Those that matter, in the page's order: of several seeds where Student's paired test says so at
   * 5 %, and where half a point is lost; of one seed where half a point is lost.
   */
  static List<Shortfall> of(List<ExperimentTables> experiments) {
    List<Shortfall> found = new ArrayList<>();
    for (ExperimentTables experiment : experiments) {
      Map<String, Map<Integer, List<CycleRow>>> byRun = new TreeMap<>();
      for (CycleRow row : experiment.rows(Tables.CYCLES)) {
        if (row.getSplit().equals("test")) {
          byRun
              .computeIfAbsent(row.getRun(), run -> new TreeMap<>())
              .computeIfAbsent(row.getCycle(), cycle -> new ArrayList<>())
              .add(row);
        }
      }
      Map<Series, Map<Integer, List<List<CycleRow>>>> bySeries = new HashMap<>();
      byRun.values().stream()
          .flatMap(cycles -> cycles.values().stream())
          .forEach(
              rows ->
                  bySeries
                      .computeIfAbsent(
                          Series.of(experiment.name(), rows.get(0)), series -> new TreeMap<>())
                      .computeIfAbsent(rows.get(0).getCycle(), cycle -> new ArrayList<>())
                      .add(rows));
      new TreeMap<>(bySeries)
          .forEach(
              (series, cycles) ->
                  cycles.forEach(
                      (cycle, runs) -> of(experiment, series, cycle, runs).ifPresent(found::add)));
    }
    return found;
  }

  private static Optional<Shortfall> of(
      ExperimentTables experiment, Series series, int cycle, List<List<CycleRow>> runs) {
    List<Network> networks = runs.stream().flatMap(rows -> network(rows).stream()).toList();
    double[] differences = networks.stream().mapToDouble(Network::difference).toArray();
    if (differences.length == 0) {
      return Optional.empty();
    }
    double density = runs.get(0).get(0).getDensity();
    if (differences.length == 1) {
      return differences[0] < -MUCH
          ? Optional.of(
              new Shortfall(experiment, series, cycle, density, networks, Optional.empty()))
          : Optional.empty();
    }
    PairedDifference difference =
        PairedDifference.of(differences, KeyedRandom.of(0, "shortfall", series, cycle));
    return difference.mean() < -MUCH || (difference.mean() < 0 && difference.p() <= Gain.ALPHA)
        ? Optional.of(
            new Shortfall(experiment, series, cycle, density, networks, Optional.of(difference)))
        : Optional.empty();
  }

  /** None where there is no average of several particles. */
  private static Optional<Network> network(List<CycleRow> rows) {
    List<Double> particles =
        rows.stream()
            .filter(row -> row.getSubject().equals("particle"))
            .map(CycleRow::getAccuracy)
            .toList();
    return particles.size() < 2
        ? Optional.empty()
        : rows.stream()
            .filter(row -> row.getSubject().equals("merged"))
            .map(row -> new Network(row.getRun(), row.getAccuracy(), particles))
            .findFirst();
  }
}
