package io.ticketflow.pipelines.report;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a page comes to, in one sentence: who is best at the sparsest density, and by how much. */
final class HeadlineSentence {
  private HeadlineSentence() {}

  /** The sentence; empty where methods of several data sets or networks, or of one, are shown. */
  static String of(
      List<ExperimentTables> experiments, List<Gain> gains, Map<Series, String> labels) {
    TestAccuracies all = TestAccuracies.of(experiments);
    long kinds =
        all.series().stream()
            .map(series -> List.of(series.experiment(), series.dataset(), series.model()))
            .distinct()
            .count();
    Optional<BigDecimal> sparsest =
        all.series().stream()
            .flatMap(series -> all.densities(series).stream())
            .distinct()
            .filter(density -> all.series().stream().filter(s -> is(all, s, density)).count() > 1)
            .min(Comparator.naturalOrder());
    if (kinds != 1 || sparsest.isEmpty()) {
      return "";
    }
    BigDecimal density = sparsest.get();
    Series best =
        all.series().stream()
            .filter(series -> is(all, series, density))
            .max(Comparator.comparing(series -> mean(all, series, density)))
            .orElseThrow();
    return String.format(
        Locale.ROOT,
        "At %s of the prunable weights, %s has the highest mean test accuracy, %s %%%s.",
        Percent.density(density.doubleValue()),
        name(best, labels),
        Percent.points(mean(all, best, density)),
        gain(gains, all.baseline(best), best, density, labels));
  }

  private static String gain(
      List<Gain> gains,
      Series baseline,
      Series best,
      BigDecimal density,
      Map<Series, String> labels) {
    Optional<Gain> gain =
        gains.stream()
            .filter(each -> each.series().equals(best))
            .filter(each -> each.density().compareTo(density) == 0)
            .findFirst();
    if (gain.isPresent()) {
      return String.format(
          Locale.ROOT,
          ": %s points beside %s (95 %% interval %s to %s, %d seeds; %s)",
          Percent.signed(gain.get().difference().mean()),
          name(baseline, labels),
          Percent.signed(gain.get().difference().low()),
          Percent.signed(gain.get().difference().high()),
          gain.get().difference().pairs(),
          gain.get().verdict());
    }
    return best.equals(baseline)
        ? "; it is what the others are compared with"
        : "; with one seed in common nothing is known of how sure that is";
  }

  private static boolean is(TestAccuracies all, Series series, BigDecimal density) {
    return !all.at(series, density).isEmpty();
  }

  private static double mean(TestAccuracies all, Series series, BigDecimal density) {
    return all.at(series, density).values().stream()
        .mapToDouble(accuracy -> accuracy)
        .average()
        .orElse(0);
  }

  private static String name(Series series, Map<Series, String> labels) {
    return labels.getOrDefault(series, series.method());
  }
}
