package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.store.tables.Tables;
import java.util.Comparator;
import java.util.List;

/** The runs that stopped, before everything else on the page; nothing if none did. */
final class FailureTable {
  private static final int MOST = 50;

  private FailureTable() {}

  static String html(List<ExperimentTables> experiments) {
    long count = experiments.stream().mapToLong(e -> e.rows(Tables.FAILURES).size()).sum();
    if (count == 0) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section class=\"failures\" role=\"alert\">\n<h2>");
    html.append(count).append(count == 1 ? " failure" : " failures").append("</h2>\n");
    html.append(Markup.table("Failures"))
        .append("<caption>What stopped these runs; their later cycles are missing below.");
    if (count > MOST) {
      html.append(" The first ").append(MOST).append(" are shown.");
    }
    html.append("</caption>\n<thead><tr><th scope=\"col\">Run</th><th scope=\"col\">Cycle</th>")
        .append(
            "<th scope=\"col\">Particle</th><th scope=\"col\" "
                + "class=\"reason\">Reason</th></tr></thead>\n")
        .append("<tbody>\n");
    experiments.stream()
        .flatMap(
            e ->
                e.rows(Tables.FAILURES).stream()
                    .sorted(Comparator.comparing(FailureRecord::getRun, new NaturalOrder()))
                    .map(f -> row(e, f, experiments.size() > 1)))
        .limit(MOST)
        .forEach(html::append);
    return html.append("</tbody></table></div>\n</section>\n").toString();
  }

  private static String row(ExperimentTables experiment, FailureRecord failure, boolean several) {
    String run = (several ? experiment.name() + " · " : "") + failure.getRun();
    Integer particle = failure.getParticle();
    return "<tr>"
        + Markup.rowHead(run)
        + "<td>"
        + failure.getCycle()
        + "</td><td>"
        + (particle == null ? "–" : particle)
        + "</td><td class=\"reason\">"
        + Markup.text(failure.getMessage())
        + "</td></tr>\n";
  }
}
