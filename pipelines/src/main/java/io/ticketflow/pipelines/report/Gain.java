package io.ticketflow.pipelines.report;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.pipelines.statistics.Holm;
import io.ticketflow.pipelines.statistics.PairedDifference;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.store.tables.Tables;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a series gains over a baseline at one density, over the seeds that both have.
 *
 * @param difference of test accuracies, the series' less the baseline's, in fractions
 * @param adjusted its p value, corrected for all comparisons of the page
 */
record Gain(
    Series series,
    Series baseline,
    BigDecimal density,
    PairedDifference difference,
    double adjusted) {
  /** What all are compared with where it is there. */
  static final String BASELINE = "imp";

  private static final double ALPHA = 0.05;

  /** In words; a difference that chance explains is none. */
  String verdict() {
    if (adjusted > ALPHA) {
      return "cannot be told apart";
    }
    return difference.mean() > 0 ? "better" : "worse";
  }

  /**
   * Every series against its baseline, at every density with at least two common seeds: IMP of the
   * same experiment, data, network and variant, or where there is none the first method.
   */
  static List<Gain> of(List<ExperimentTables> experiments) {
    Map<Series, SortedMap<BigDecimal, Map<Long, Double>>> all = accuracies(experiments);
    List<Gain> gains = new ArrayList<>();
    for (Map.Entry<Series, SortedMap<BigDecimal, Map<Long, Double>>> each : all.entrySet()) {
      Series baseline = baseline(each.getKey(), all.keySet());
      if (!baseline.equals(each.getKey())) {
        each.getValue()
            .forEach(
                (density, here) -> {
                  Map<Long, Double> there =
                      all.getOrDefault(baseline, new TreeMap<>()).getOrDefault(density, Map.of());
                  double[] differences =
                      here.keySet().stream()
                          .filter(there::containsKey)
                          .sorted()
                          .mapToDouble(seed -> value(here, seed) - value(there, seed))
                          .toArray();
                  if (differences.length > 1) {
                    gains.add(gain(each.getKey(), baseline, density, differences));
                  }
                });
      }
    }
    List<Double> adjusted = Holm.adjusted(gains.stream().map(gain -> gain.difference.p()).toList());
    List<Gain> corrected = new ArrayList<>();
    for (int i = 0; i < gains.size(); i++) {
      Gain gain = gains.get(i);
      corrected.add(
          new Gain(gain.series, gain.baseline, gain.density, gain.difference, adjusted.get(i)));
    }
    return corrected;
  }

  private static double value(Map<Long, Double> bySeed, long seed) {
    return bySeed.getOrDefault(seed, Double.NaN);
  }

  private static Gain gain(
      Series series, Series baseline, BigDecimal density, double[] differences) {
    KeyedRandom draws = KeyedRandom.of(0, "gain", series, baseline, density);
    return new Gain(series, baseline, density, PairedDifference.of(differences, draws), 1);
  }

  /** Test accuracies of results, by seed, by density, densest first. */
  private static Map<Series, SortedMap<BigDecimal, Map<Long, Double>>> accuracies(
      List<ExperimentTables> experiments) {
    Map<Series, SortedMap<BigDecimal, Map<Long, Double>>> all = new TreeMap<>();
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
    return all;
  }

  private static Series baseline(Series of, Collection<Series> all) {
    List<Series> alike =
        all.stream()
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
}
