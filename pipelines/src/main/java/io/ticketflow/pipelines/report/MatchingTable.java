package io.ticketflow.pipelines.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How sparse methods get before they fall behind the dense network. */
final class MatchingTable {
  private static final double ONE = 0.01;
  private static final List<Double> MARGINS = List.of(0.0, 0.005, ONE, 0.02);

  private MatchingTable() {}

  /** The section; empty if no method has two seeds in common with a dense network. */
  static String html(List<ExperimentTables> experiments, Map<Series, String> labels) {
    List<Matching> all = Matching.of(TestAccuracies.of(experiments), MARGINS);
    if (all.isEmpty()) {
      return "";
    }
    List<String> columns = new ArrayList<>(List.of("Method"));
    for (double margin : MARGINS) {
      columns.add(
          margin == 0
              ? "No loss (matching)"
              : String.format(
                  Locale.ROOT, "Within %s point%s", points(margin), margin == ONE ? "" : "s"));
    }
    HtmlTable table =
        new HtmlTable(
            "Essential sparsity",
            "Kept part of the prunable weights at the sparsest cycle that is, with all denser ones,"
                + " within so many points of the dense network's test accuracy: by the mean over"
                + " seeds, and below it from where the 95 % interval of the difference is surely"
                + " within to where it may still be. The dense network is IMP's where it is there,"
                + " else the first method's. Only densities that were measured count.",
            columns);
    for (Series series : all.stream().map(Matching::series).distinct().toList()) {
      table.row(
          labels.getOrDefault(series, series.method()),
          all.stream()
              .filter(each -> each.series().equals(series))
              .map(MatchingTable::cell)
              .toList());
    }
    return table.section();
  }

  private static String cell(Matching matching) {
    return String.format(
        Locale.ROOT,
        "<td>%s<small>%s to %s</small></td>",
        kept(matching.found()),
        kept(matching.sure()),
        kept(matching.possible()));
  }

  private static String kept(Optional<BigDecimal> density) {
    return density.map(value -> Percent.density(value.doubleValue())).orElse("none");
  }

  private static String points(double fraction) {
    return BigDecimal.valueOf(fraction).movePointRight(2).stripTrailingZeros().toPlainString();
  }
}
