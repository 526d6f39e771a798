package io.ticketflow.runners.table;

import io.ticketflow.pipelines.report.Deliverables;
import io.ticketflow.pipelines.report.NaturalOrder;
import io.ticketflow.pipelines.report.Series;
import io.ticketflow.pipelines.report.SeriesLabels;
import io.ticketflow.schemas.CycleRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Test accuracy of methods (rows) at densities (columns), as mean ± standard deviation over seeds.
 *
 * <p>A method's first row is its result: the merged network, or what was made of it ({@link
 * Deliverables}). Where a cycle has several particles a second row has their mean: over the
 * particles of a seed first, then over the seeds.
 */
public final class ResultTable {
  private static final String NONE = "–";
  private static final String POOL = "pool-";

  /** A row of the table: a series' results, or what else is known of it. */
  private record Row(Series series, String what) implements Comparable<Row> {
    private static final Comparator<Row> ORDER =
        Comparator.comparing(Row::series).thenComparing(Row::what, new NaturalOrder());

    @Override
    public int compareTo(Row other) {
      return ORDER.compare(this, other);
    }
  }

  /** Rows in order → density as shown → seed → accuracies. */
  private final Map<Row, Map<String, Map<Long, List<Double>>>> cells = new TreeMap<>();

  private final Map<String, Double> densities = new LinkedHashMap<>();
  private final Set<Long> seeds = new TreeSet<>();

  private ResultTable() {}

  /** The table of those rows of metrics/cycles; other splits than test are passed over. */
  public static ResultTable of(Collection<CycleRow> rows) {
    ResultTable table = new ResultTable();
    List<CycleRow> test =
        Deliverables.of(rows).stream().filter(row -> row.getSplit().equals("test")).toList();
    Set<Series> withParticles =
        test.stream()
            .filter(row -> Objects.requireNonNullElse(row.getParticle(), 0) > 0)
            .map(ResultTable::series)
            .collect(Collectors.toSet());
    for (CycleRow row : test) {
      Series series = series(row);
      String subject = row.getSubject();
      if (subject.equals(Deliverables.RESULT)) {
        table.add(new Row(series, ""), row);
      } else if (subject.equals(Deliverables.TARGETS)) {
        table.add(new Row(series, ", targets"), row);
      } else if (subject.startsWith(POOL)) {
        table.add(new Row(series, ", " + subject.substring(POOL.length())), row);
      } else if (subject.equals("particle") && withParticles.contains(series)) {
        table.add(new Row(series, ", particles"), row);
      }
    }
    return table;
  }

  public boolean isEmpty() {
    return cells.isEmpty();
  }

  /** What the table shows, as one line. */
  public String title() {
    return seeds.size() > 1
        ? "Test accuracy in % by density, mean ± standard deviation over " + seeds.size() + " seeds"
        : "Test accuracy in % by density";
  }

  /** The lines of the table, no wider than that where possible. */
  public List<String> lines(int width) {
    List<String> columns =
        densities.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .toList();
    List<String> head = new ArrayList<>(List.of("method"));
    head.addAll(columns);
    TextTable table = new TextTable(head);
    Map<Series, String> labels =
        SeriesLabels.brief(cells.keySet().stream().map(Row::series).toList());
    cells.forEach(
        (row, byDensity) ->
            table.row(row(labels.getOrDefault(row.series, "") + row.what, byDensity, columns)));
    return table.lines(width);
  }

  private static List<String> row(
      String label, Map<String, Map<Long, List<Double>>> byDensity, List<String> columns) {
    List<String> row = new ArrayList<>(List.of(label));
    for (String density : columns) {
      Map<Long, List<Double>> bySeed = byDensity.getOrDefault(density, Map.of());
      row.add(
          bySeed.isEmpty()
              ? NONE
              : Accuracies.of(
                      bySeed.values().stream().map(list -> Accuracies.of(list).mean()).toList())
                  .text());
    }
    return row;
  }

  private void add(Row at, CycleRow row) {
    String density = density(row.getDensity());
    densities.merge(density, row.getDensity(), Math::max);
    seeds.add(row.getSeed());
    cells
        .computeIfAbsent(at, r -> new LinkedHashMap<>())
        .computeIfAbsent(density, d -> new TreeMap<>())
        .computeIfAbsent(row.getSeed(), s -> new ArrayList<>())
        .add(row.getAccuracy());
  }

  /** Three significant digits: methods whose counts differ by a rounding share a column. */
  static String density(double density) {
    double percent = 100 * density;
    int decimals = percent >= 99.95 ? 0 : percent >= 9.995 ? 1 : percent >= 0.9995 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f %%", percent);
  }

  private static Series series(CycleRow row) {
    return Series.of("", row);
  }
}
