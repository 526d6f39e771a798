package io.ticketflow.runners.table;

import io.ticketflow.pipelines.report.Deliverables;
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
import java.util.stream.Stream;

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

  /** Row labels in order of appearance → density as shown → seed → accuracies. */
  private final Map<String, Map<String, Map<Long, List<Double>>>> cells = new LinkedHashMap<>();

  private final Map<String, Double> densities = new LinkedHashMap<>();
  private final Set<Long> seeds = new TreeSet<>();

  private ResultTable() {}

  /** The table of those rows of metrics/cycles; other splits than test are passed over. */
  public static ResultTable of(Collection<CycleRow> rows) {
    ResultTable table = new ResultTable();
    List<CycleRow> test =
        Deliverables.of(rows).stream()
            .filter(row -> row.getSplit().equals("test"))
            .sorted(
                Comparator.comparing(CycleRow::getMethod)
                    .thenComparing(CycleRow::getVariant)
                    .thenComparing(CycleRow::getDataset)
                    .thenComparing(CycleRow::getModel))
            .toList();
    boolean sets = several(test.stream().map(CycleRow::getDataset));
    boolean models = several(test.stream().map(CycleRow::getModel));
    Set<String> withParticles =
        test.stream()
            .filter(row -> Objects.requireNonNullElse(row.getParticle(), 0) > 0)
            .map(row -> label(row, sets, models))
            .collect(Collectors.toSet());
    for (CycleRow row : test) {
      String label = label(row, sets, models);
      if (row.getSubject().equals(Deliverables.RESULT)) {
        table.add(label, row);
      } else if (row.getSubject().equals(Deliverables.TARGETS)) {
        table.add(label + ", targets", row);
      } else if (row.getSubject().startsWith(POOL)) {
        table.add(label + ", " + row.getSubject().substring(POOL.length()), row);
      }
    }
    for (CycleRow row : test) {
      String label = label(row, sets, models);
      if (row.getSubject().equals("particle") && withParticles.contains(label)) {
        table.add(label + ", particles", row);
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
    cells.keySet().stream().sorted().forEach(label -> table.row(row(label, columns)));
    return table.lines(width);
  }

  private List<String> row(String label, List<String> columns) {
    List<String> row = new ArrayList<>(List.of(label));
    Map<String, Map<Long, List<Double>>> byDensity = cells.getOrDefault(label, Map.of());
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

  private void add(String label, CycleRow row) {
    String density = density(row.getDensity());
    densities.merge(density, row.getDensity(), Math::max);
    seeds.add(row.getSeed());
    cells
        .computeIfAbsent(label, l -> new LinkedHashMap<>())
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

  private static String label(CycleRow row, boolean sets, boolean models) {
    return Stream.of(
            row.getMethod(),
            sets ? row.getDataset() : "",
            models ? row.getModel() : "",
            row.getVariant())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static boolean several(Stream<String> values) {
    return values.distinct().count() > 1;
  }
}
