package io.ticketflow.pipelines.report;

import io.ticketflow.math.Sha256;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.store.tables.Tables;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What was run, on what, and how to run it again. */
final class RanSection {
  private RanSection() {}

  /** The section; empty if no output says what it is. */
  static String html(List<ExperimentTables> experiments) {
    String all =
        experiments.stream()
            .filter(experiment -> !experiment.configuration().isEmpty())
            .map(RanSection::html)
            .collect(Collectors.joining());
    return all.isEmpty() ? "" : "<section>\n<h2>What was run</h2>\n" + all + "</section>\n";
  }

  private static String html(ExperimentTables experiment) {
    String configuration = experiment.configuration();
    List<CostRow> costs = experiment.rows(Tables.COSTS);
    String processors =
        costs.stream()
            .map(CostRow::getProcessor)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining("; "));
    return String.format(
        Locale.ROOT,
        """
        <p>%s%s. To run it again and to compare every bit:</p>
        <pre>ticketflow run OUTPUT/experiment.yaml --output=AGAIN
        ticketflow verify AGAIN --against=OUTPUT</pre>
        <details><summary>The resolved experiment.yaml of %s, SHA-256 %s</summary>
        <pre>%s</pre></details>
        """,
        Markup.text(experiment.name()),
        processors.isEmpty() ? "" : Markup.text(" was trained on " + processors),
        Markup.text(experiment.name()),
        Sha256.hex(Sha256.of(configuration)),
        Markup.text(configuration));
  }
}
