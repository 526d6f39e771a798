package io.ticketflow.pipelines.report;

import io.ticketflow.pipelines.statistics.PairedDifference;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where an average is worse than its particles, and what is known of why. */
final class ShortfallTable {
  /** More of them say no more. */
  private static final int MOST = 40;

  private ShortfallTable() {}

  /** The section; empty if no average fell short. */
  static String html(List<ExperimentTables> experiments, Map<Series, String> labels) {
    List<Shortfall> all = Shortfall.of(experiments);
    if (all.isEmpty()) {
      return "";
    }
    HtmlTable table =
        new HtmlTable(
            "Averages that fell short",
            String.format(
                Locale.ROOT,
                "Cycles in which the merged network is worse on test than the mean of its"
                    + " particles, by half a point or surely (Student's paired test at 5 %%): in"
                    + " points, seed by seed, with the 95 %% interval. Beside it what the tables"
                    + " know; measure.take=particle-barriers,diversity tells more.%s",
                all.size() > MOST
                    ? " The first " + MOST + " of " + all.size() + " are shown."
                    : ""),
            List.of("Method", "Cycle", "Kept", "Merged less particles", "What is known"));
    for (Shortfall each : all.subList(0, Math.min(MOST, all.size()))) {
      List<String> reasons = ShortfallReasons.of(each);
      table.row(
          labels.getOrDefault(each.series(), each.series().method()),
          List.of(
              "<td>" + each.cycle() + "</td>",
              "<td>" + Percent.density(each.density()) + "</td>",
              difference(each),
              "<td class=\"reason\">"
                  + Markup.text(
                      reasons.isEmpty() ? "Nothing was measured." : String.join(" ", reasons))
                  + "</td>"));
    }
    return table.section();
  }

  private static String difference(Shortfall shortfall) {
    double mean =
        shortfall
            .difference()
            .map(PairedDifference::mean)
            .orElse(shortfall.networks().get(0).difference());
    String interval =
        shortfall
            .difference()
            .map(
                known ->
                    String.format(
                        Locale.ROOT,
                        "<small>%s to %s</small>",
                        Percent.signed(known.low()),
                        Percent.signed(known.high())))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "<td>%s%s<small>%s</small></td>",
        Percent.signed(mean),
        interval,
        shortfall.verdict());
  }
}
