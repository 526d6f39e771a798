package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CycleRow;
import io.ticketflow.store.tables.Tables;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Title and one-line summary of the page. */
final class Headline {
  private Headline() {}

  /** The experiment's name, or those of all. */
  static String title(List<ExperimentTables> experiments) {
    return experiments.stream().map(ExperimentTables::name).collect(Collectors.joining(", "));
  }

  /**
   * Such as "mnist · lenet-300-100 · 3 methods × 5 seeds · cycles 0 to 12, 100 % to 6.87 % kept".
   */
  static String summary(List<ExperimentTables> experiments, Collection<Series> series) {
    List<CycleRow> rows =
        experiments.stream().flatMap(e -> e.rows(Tables.CYCLES).stream()).toList();
    if (rows.isEmpty()) {
      return "no network has been measured yet";
    }
    int first = rows.stream().mapToInt(CycleRow::getCycle).min().orElse(0);
    int last = rows.stream().mapToInt(CycleRow::getCycle).max().orElse(0);
    double dense = rows.stream().mapToDouble(CycleRow::getDensity).max().orElse(1);
    double sparse = rows.stream().mapToDouble(CycleRow::getDensity).min().orElse(1);
    boolean hasVariants = series.stream().anyMatch(s -> !s.variant().isEmpty());
    long methods = series.stream().map(Series::method).distinct().count();
    long variants = series.stream().map(s -> List.of(s.method(), s.variant())).distinct().count();
    long seeds = rows.stream().map(CycleRow::getSeed).distinct().count();
    return String.join(
        " · ",
        distinct(rows, CycleRow::getDataset),
        distinct(rows, CycleRow::getModel),
        (hasVariants && variants > methods
                ? count(variants, "variant") + " of " + count(methods, "method")
                : count(methods, "method"))
            + " × "
            + count(seeds, "seed"),
        first == last
            ? "cycle " + first + ", " + Percent.density(dense) + " of the prunable weights kept"
            : String.format(
                Locale.ROOT,
                "cycles %d to %d, %s to %s of the prunable weights kept",
                first,
                last,
                Percent.density(dense),
                Percent.density(sparse)));
  }

  private static String distinct(List<CycleRow> rows, Function<CycleRow, String> part) {
    return String.join(
        ", ",
        rows.stream()
            .map(part)
            .collect(Collectors.toCollection(() -> new TreeSet<>(new NaturalOrder()))));
  }

  private static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
