package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.BudgetRow;
import io.ticketflow.store.tables.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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
    StringBuilder html = new StringBuilder("<section>\n<h2>Budgets</h2>\n");
    html.append(Markup.table("Budgets"))
        .append("<caption>What a run of each method ")
        .append("asks for, over all its cycles, mean over seeds; trainings that methods share ")
        .append("count in each. An image pass is forward and backward; SAM takes two a step.")
        .append("</caption>\n<thead><tr><th scope=\"col\">Method</th>")
        .append("<th scope=\"col\">Trainings</th><th scope=\"col\">Epochs</th>")
        .append("<th scope=\"col\">Image passes</th><th scope=\"col\">Trainings saved</th>")
        .append("</tr></thead>\n<tbody>\n");
    SeriesLabels.whole(methods.keySet())
        .forEach(
            (series, label) ->
                html.append(
                    row(label, List.copyOf(methods.getOrDefault(series, Map.of()).values()))));
    return html.append("</tbody></table></div>\n</section>\n").toString();
  }

  private static String row(String label, List<Sum> seeds) {
    return "<tr>"
        + Markup.rowHead(label)
        + "<td>"
        + mean(seeds.stream().mapToLong(sum -> sum.trainings).sum(), seeds.size())
        + "</td><td>"
        + mean(seeds.stream().mapToLong(sum -> sum.epochs).sum(), seeds.size())
        + "</td><td>"
        + mean(seeds.stream().mapToLong(sum -> sum.passes).sum(), seeds.size())
        + "</td><td>"
        + mean(seeds.stream().mapToLong(sum -> sum.saved).sum(), seeds.size())
        + "</td></tr>\n";
  }

  private static String mean(long sum, int count) {
    return sum % count == 0
        ? String.format(Locale.ROOT, "%,d", sum / count)
        : String.format(Locale.ROOT, "%,.1f", (double) sum / count);
  }
}
