package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CycleRow;
import io.ticketflow.store.tables.Tables;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Test accuracies of results, by seed, by density.
 *
 * @param bySeries densest first
 */
record TestAccuracies(Map<Series, SortedMap<BigDecimal, Map<Long, Double>>> bySeries) {
  /** What all are compared with where it is there. */
  static final String BASELINE = "imp";

  /** Those of the tables; what is not finite is left out. */
  static TestAccuracies of(List<ExperimentTables> experiments) {
    Map<Series, SortedMap<BigDecimal, Map<Long, Double>>> all = new HashMap<>();
    for (ExperimentTables experiment : experiments) {
      for (CycleRow row : Deliverables.of(experiment.rows(Tables.CYCLES))) {
        if (row.getSplit().equals("test")
            && row.getSubject().equals(Deliverables.RESULT)
            && Double.isFinite(row.getAccuracy())) {
          all.computeIfAbsent(
                  Series.of(experiment.name(), row), s -> new TreeMap<>(Comparator.reverseOrder()))
              .computeIfAbsent(Percent.digits(row.getDensity()), d -> new LinkedHashMap<>())
              .put(row.getSeed(), row.getAccuracy());
        }
      }
    }
    return new TestAccuracies(new TreeMap<>(all));
  }

  /** In the page's order. */
  Set<Series> series() {
    return bySeries.keySet();
  }

  /** Those at which a series was measured, densest first. */
  Set<BigDecimal> densities(Series series) {
    return bySeries.getOrDefault(series, new TreeMap<>()).keySet();
  }

  /** By seed; empty if there are none. */
  Map<Long, Double> at(Series series, BigDecimal density) {
    return bySeries.getOrDefault(series, new TreeMap<>()).getOrDefault(density, Map.of());
  }

  /**
   * What a series is compared with: IMP of the same experiment, data, network and variant, or where
   * there is none the first method.
   */
  Series baseline(Series of) {
    List<Series> alike =
        bySeries.keySet().stream()
            .filter(other -> other.experiment().equals(of.experiment()))
            .filter(other -> other.dataset().equals(of.dataset()))
            .filter(other -> other.model().equals(of.model()))
            .filter(other -> other.variant().equals(of.variant()))
            .toList();
    return alike.stream()
        .filter(other -> other.method().equals(BASELINE))
        .findFirst()
        .orElse(alike.get(0));
  }

  /** The first less the second, of every seed that both have, by seed. */
  static double[] differences(Map<Long, Double> first, Map<Long, Double> second) {
    return first.entrySet().stream()
        .filter(each -> second.containsKey(each.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .mapToDouble(each -> each.getValue() - second.getOrDefault(each.getKey(), Double.NaN))
        .toArray();
  }
}
