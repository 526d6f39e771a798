package io.ticketflow.pipelines.report;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The headline table: a row a density, dense first, a column a series, or the other way round where
 * there are many series; in a cell the merged network's test accuracy, below it the particles' and
 * the ensemble's. The best merged mean of a density is marked.
 */
final class ResultsTable {
  /** As many as a page shows side by side. */
  private static final int MOST_COLUMNS = 6;

  private ResultsTable() {}

  static String html(List<AccuracyPoint> points, Map<Series, String> labels) {
    List<Series> columns =
        labels.keySet().stream()
            .filter(series -> points.stream().anyMatch(p -> p.series().equals(series)))
            .toList();
    SortedMap<BigDecimal, Map<Series, Map<String, AccuracyPoint>>> rows =
        new TreeMap<>(Comparator.reverseOrder());
    Map<Series, Integer> seeds = new HashMap<>();
    for (AccuracyPoint point : points) {
      rows.computeIfAbsent(Percent.digits(point.density()), d -> new HashMap<>())
          .computeIfAbsent(point.series(), s -> new HashMap<>())
          .merge(point.subject(), point, (a, b) -> a.cycle() <= b.cycle() ? b : a);
      seeds.merge(point.series(), point.accuracy().count(), Math::max);
    }
    StringBuilder html = new StringBuilder(Markup.table("Results"));
    html.append("<caption>Test accuracy in %: mean ± sample standard deviation over seeds of the ")
        .append("merged network; below it the mean of a run's particles and their ensemble, where ")
        .append("a run has several. The best merged mean of each density is marked ★. ")
        .append(Markup.text(SeriesLabels.note(labels.keySet())))
        .append("</caption>\n");
    boolean tall = columns.size() > Math.max(MOST_COLUMNS, rows.size());
    List<String> densities =
        rows.keySet().stream().map(d -> Percent.density(d.doubleValue())).toList();
    List<String> methods = columns.stream().map(series -> label(series, labels)).toList();
    head(html, tall ? "Method" : "Density", tall ? densities : methods);
    if (tall) {
      for (int i = 0; i < columns.size(); i++) {
        Series series = columns.get(i);
        row(html, methods.get(i), rows.values(), List.of(series), seeds);
      }
    } else {
      rows.forEach(
          (density, cells) ->
              row(html, Percent.density(density.doubleValue()), List.of(cells), columns, seeds));
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private static void head(StringBuilder html, String corner, List<String> names) {
    html.append("<thead><tr><th scope=\"col\">").append(corner).append("</th>");
    names.forEach(
        name -> html.append("<th scope=\"col\">").append(Markup.text(name)).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
  }

  /** One cell for each series and density of the table. */
  private static void row(
      StringBuilder html,
      String name,
      Collection<Map<Series, Map<String, AccuracyPoint>>> densities,
      List<Series> columns,
      Map<Series, Integer> seeds) {
    html.append("<tr>").append(Markup.rowHead(name));
    for (Map<Series, Map<String, AccuracyPoint>> cells : densities) {
      String best = best(cells);
      for (Series series : columns) {
        Map<String, AccuracyPoint> cell = cells.getOrDefault(series, Map.of());
        html.append(cell(cell, best, seeds.getOrDefault(series, 0)));
      }
    }
    html.append("</tr>\n");
  }

  private static String cell(Map<String, AccuracyPoint> cell, String best, int seeds) {
    if (cell.isEmpty()) {
      return "<td class=\"none\">–</td>";
    }
    StringBuilder html = new StringBuilder("<td>");
    AccuracyPoint merged = cell.get(AccuracyPoint.MERGED);
    if (merged == null) {
      html.append("–");
    } else {
      boolean isBest = Percent.points(merged.accuracy().mean()).equals(best);
      html.append(isBest ? "<strong>★ " : "<span class=\"mean\">")
          .append(value(merged))
          .append(isBest ? "</strong>" : "</span>");
      int count = merged.accuracy().count();
      if (count < seeds) {
        html.append("<small>").append(count).append(" of ").append(seeds).append(" seeds</small>");
      }
    }
    for (String subject : List.of(AccuracyPoint.PARTICLES, AccuracyPoint.ENSEMBLE)) {
      Optional.ofNullable(cell.get(subject))
          .ifPresent(
              point ->
                  html.append("<small>")
                      .append(subject)
                      .append(' ')
                      .append(value(point))
                      .append("</small>"));
    }
    return html.append("</td>").toString();
  }

  private static String value(AccuracyPoint point) {
    Spread accuracy = point.accuracy();
    return Percent.points(accuracy.mean())
        + accuracy.std().map(std -> " ± " + Percent.points(std)).orElse("");
  }

  /** The highest merged mean as it is written, if there are two to compare. */
  private static String best(Map<Series, Map<String, AccuracyPoint>> cells) {
    List<Double> means =
        cells.values().stream()
            .flatMap(cell -> Optional.ofNullable(cell.get(AccuracyPoint.MERGED)).stream())
            .map(point -> point.accuracy().mean())
            .sorted()
            .toList();
    return means.size() < 2 ? "" : Percent.points(means.get(means.size() - 1));
  }

  private static String label(Series series, Map<Series, String> labels) {
    return labels.getOrDefault(series, series.method());
  }
}
