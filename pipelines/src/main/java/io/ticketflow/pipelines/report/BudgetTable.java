package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.BudgetRow;
import io.ticketflow.store.tables.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What each method's trainings asked for, mean over its seeds; nothing if that is not known. */
final class BudgetTable {
  private BudgetTable() {}

  /** All that one seed of a method took. */
  private static final class Sum {
    long trainings;
    long saved;
    long epochs;
    long passes;

    void add(BudgetRow row) {
      trainings += row.getTrainings();
      saved += row.getSaved();
      epochs += row.getEpochs();
      passes += row.getImagePasses();
    }
  }

  static String html(List<ExperimentTables> experiments) {
    Map<Series, Map<Long, Sum>> methods = new TreeMap<>();
    for (ExperimentTables experiment : experiments) {
      for (BudgetRow row : experiment.rows(Tables.BUDGETS)) {
        methods
            .computeIfAbsent(Series.of(experiment.name(), row), m -> new HashMap<>())
            .computeIfAbsent(row.getSeed(), seed -> new Sum())
            .add(row);
      }
    }
    if (methods.isEmpty()) {
      return "";
    }
    HtmlTable table =
        new HtmlTable(
            "Budgets",
            "What a run of each method asks for, over all its cycles, mean over seeds; trainings"
                + " that methods share count in each. An image pass is forward and backward; SAM"
                + " takes two a step.",
            List.of("Method", "Trainings", "Epochs", "Image passes", "Trainings saved"));
    SeriesLabels.whole(methods.keySet())
        .forEach(
            (series, label) ->
                table.row(
                    label, cells(List.copyOf(methods.getOrDefault(series, Map.of()).values()))));
    return table.section();
  }

  private static List<String> cells(List<Sum> seeds) {
    return Stream.<ToLongFunction<Sum>>of(
            sum -> sum.trainings, sum -> sum.epochs, sum -> sum.passes, sum -> sum.saved)
        .map(each -> "<td>" + mean(seeds.stream().mapToLong(each).sum(), seeds.size()) + "</td>")
        .toList();
  }

  private static String mean(long sum, int count) {
    return sum % count == 0
        ? String.format(Locale.ROOT, "%,d", sum / count)
        : String.format(Locale.ROOT, "%,.1f", (double) sum / count);
  }
}
