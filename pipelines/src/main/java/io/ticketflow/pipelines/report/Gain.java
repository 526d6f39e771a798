package io.ticketflow.pipelines.report;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.pipelines.statistics.Holm;
import io.ticketflow.pipelines.statistics.PairedDifference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

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
  /** What is as unlikely as this by chance is called a difference. */
  static final double ALPHA = 0.05;

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
    TestAccuracies all = TestAccuracies.of(experiments);
    List<Supplier<Gain>> asked = new ArrayList<>();
    for (Series series : all.series()) {
      Series baseline = all.baseline(series);
      if (!baseline.equals(series)) {
        for (BigDecimal density : all.densities(series)) {
          double[] differences =
              TestAccuracies.differences(all.at(series, density), all.at(baseline, density));
          if (differences.length > 1) {
            asked.add(() -> gain(series, baseline, density, differences));
          }
        }
      }
    }
    List<Gain> gains = asked.parallelStream().map(Supplier::get).toList();
    List<Double> adjusted = Holm.adjusted(gains.stream().map(gain -> gain.difference.p()).toList());
    List<Gain> corrected = new ArrayList<>();
    for (int i = 0; i < gains.size(); i++) {
      Gain gain = gains.get(i);
      corrected.add(
          new Gain(gain.series, gain.baseline, gain.density, gain.difference, adjusted.get(i)));
    }
    return corrected;
  }

  private static Gain gain(
      Series series, Series baseline, BigDecimal density, double[] differences) {
    KeyedRandom draws = KeyedRandom.of(0, "gain", series, baseline, density);
    return new Gain(series, baseline, density, PairedDifference.of(differences, draws), 1);
  }
}
