package io.ticketflow.pipelines.report;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of pairs of methods in one figure, and which of many are drawn: those with the baseline.
 */
final class MethodPairs {
  /** Pairs of methods that a reader tells apart. */
  private static final int MOST_PAIRS = 12;

  private final Set<String> others = new LinkedHashSet<>();
  private final Set<String> ofBaseline = new HashSet<>();

  /**
   * What the figure calls a pair.
   *
   * @param label of the first method's series
   * @param first its method
   * @param second the run that it is paired with
   */
  String name(String label, String first, String second, RunSeries runs) {
    String other = runs.of(second).map(Series::method).orElse(second);
    String name = label + " – " + other;
    boolean baseline =
        first.equals(TestAccuracies.BASELINE) || other.equals(TestAccuracies.BASELINE);
    (baseline ? ofBaseline : others).add(name);
    return name;
  }

  /** The rows but for those of pairs that are not drawn, in order. */
  List<Map<String, Object>> drawn(List<Map<String, Object>> rows) {
    return isMany()
        ? rows.stream().filter(row -> !others.contains(row.get("series"))).toList()
        : rows;
  }

  /**
   * What is not drawn.
   *
   * @param table that has all
   */
  List<String> notes(String table) {
    return isMany()
        ? List.of(
            String.format(
                Locale.ROOT,
                "Of %d pairs of methods those with %s are drawn; %s has all.",
                others.size() + ofBaseline.size(),
                TestAccuracies.BASELINE,
                table))
        : List.of();
  }

  private boolean isMany() {
    return others.size() + ofBaseline.size() > MOST_PAIRS && !ofBaseline.isEmpty();
  }
}
