package io.ticketflow.pipelines.report;

import io.ticketflow.pipelines.statistics.PairedDifference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What methods gain over a baseline, each difference with its interval, and what it comes to. */
final class GainsTable {
  private GainsTable() {}

  /** The section; empty if no two series have two seeds in common. */
  static String html(List<Gain> gains, Map<Series, String> labels) {
    if (gains.isEmpty()) {
      return "";
    }
    TreeSet<BigDecimal> densities = new TreeSet<>(Comparator.reverseOrder());
    gains.forEach(gain -> densities.add(gain.density()));
    List<Series> series = gains.stream().map(Gain::series).distinct().toList();
    List<String> columns = new ArrayList<>(List.of("Method"));
    densities.forEach(density -> columns.add(Percent.density(density.doubleValue())));
    HtmlTable table = new HtmlTable("Gains", caption(gains, labels), columns);
    for (Series each : series) {
      table.row(
          labels.getOrDefault(each, each.method()),
          densities.stream()
              .map(
                  density ->
                      gains.stream()
                          .filter(gain -> gain.series().equals(each))
                          .filter(gain -> gain.density().compareTo(density) == 0)
                          .findFirst()
                          .map(GainsTable::cell)
                          .orElse("<td class=\"none\">–</td>"))
              .toList());
    }
    return table.section();
  }

  private static String caption(List<Gain> gains, Map<Series, String> labels) {
    List<String> baselines =
        gains.stream()
            .map(gain -> labels.getOrDefault(gain.baseline(), gain.baseline().method()))
            .distinct()
            .toList();
    IntSummaryStatistics seeds =
        gains.stream().mapToInt(gain -> gain.difference().pairs()).summaryStatistics();
    String over =
        seeds.getMin() == seeds.getMax()
            ? "" + seeds.getMin()
            : seeds.getMin() + " to " + seeds.getMax();
    return String.format(
        Locale.ROOT,
        "Test accuracy less that of %s, in points, seed by seed, over %s seeds: mean and 95 %%"
            + " interval, the studentised bootstrap's from %d seeds on, of fewer Student's. In"
            + " words: Student's paired test at 5 %%, after Holm's correction for %d comparison%s.",
        String.join(" and ", baselines),
        over,
        PairedDifference.BOOTSTRAPPED,
        gains.size(),
        gains.size() == 1 ? "" : "s");
  }

  private static String cell(Gain gain) {
    return String.format(
        Locale.ROOT,
        "<td>%s<small>%s to %s</small><small>%s</small></td>",
        Percent.signed(gain.difference().mean()),
        Percent.signed(gain.difference().low()),
        Percent.signed(gain.difference().high()),
        gain.verdict());
  }
}
