package io.ticketflow.pipelines.report;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.pipelines.statistics.PairedDifference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How sparse a series gets within a margin of the dense network: the least of the densities that
 * were measured at which, and at all above it, the difference of test accuracies stays above
 * −margin. With margin 0 these are matching tickets (Chen et al. 2020); the sparsity at which more
 * is lost is called essential (Jaiswal et al. 2023).
 *
 * @param margin in fractions of accuracy
 * @param found by the mean difference over seeds; none if no sparse network is within it
 * @param sure by the lower end of the difference's 95 % interval
 * @param possible by its upper end
 */
record Matching(
    Series series,
    double margin,
    Optional<BigDecimal> found,
    Optional<BigDecimal> sure,
    Optional<BigDecimal> possible) {
  /** Far below what one image of a test split counts for. */
  private static final double ROUNDING = 1e-9;

  /**
   * Every series with a sparse network, beside the dense one of its baseline, or its own where the
   * baseline has none; over the seeds that both have, at least two.
   */
  static List<Matching> of(TestAccuracies all, List<Double> margins) {
    List<Matching> found = new ArrayList<>();
    for (Series series : all.series()) {
      Map<Long, Double> dense = all.at(all.baseline(series), BigDecimal.ONE);
      Map<BigDecimal, PairedDifference> differences =
          differences(all, series, dense.isEmpty() ? all.at(series, BigDecimal.ONE) : dense);
      if (!differences.isEmpty()) {
        for (double margin : margins) {
          found.add(
              new Matching(
                  series,
                  margin,
                  last(differences, margin, PairedDifference::mean),
                  last(differences, margin, PairedDifference::low),
                  last(differences, margin, PairedDifference::high)));
        }
      }
    }
    return found;
  }

  /** Densest first. */
  private static Map<BigDecimal, PairedDifference> differences(
      TestAccuracies all, Series series, Map<Long, Double> dense) {
    List<BigDecimal> densities =
        all.densities(series).stream()
            .filter(density -> density.compareTo(BigDecimal.ONE) < 0)
            .filter(
                density -> TestAccuracies.differences(all.at(series, density), dense).length > 1)
            .toList();
    List<PairedDifference> each =
        densities.parallelStream()
            .map(
                density ->
                    PairedDifference.of(
                        TestAccuracies.differences(all.at(series, density), dense),
                        KeyedRandom.of(0, "matching", series, density)))
            .toList();
    Map<BigDecimal, PairedDifference> differences = new LinkedHashMap<>();
    for (int i = 0; i < densities.size(); i++) {
      differences.put(densities.get(i), each.get(i));
    }
    return differences;
  }

  private static Optional<BigDecimal> last(
      Map<BigDecimal, PairedDifference> densestFirst,
      double margin,
      ToDoubleFunction<PairedDifference> end) {
    Optional<BigDecimal> last = Optional.empty();
    for (Map.Entry<BigDecimal, PairedDifference> each : densestFirst.entrySet()) {
      if (end.applyAsDouble(each.getValue()) < -margin - ROUNDING) {
        break;
      }
      last = Optional.of(each.getKey());
    }
    return last;
  }
}
