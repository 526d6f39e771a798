package io.ticketflow.runners.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.pipelines.report.Markup;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.table.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Past sweeps, a line each: for people, for programs, for a browser. */
public final class HistoryText {
  private static final List<String> HEAD =
      List.of("output", "started", "state", "verdict", "took", "trained", "reused", "versions");

  private static final JsonMapper MAPPER = new JsonMapper();

  private HistoryText() {}

  /** A table, newest first. */
  public static List<String> lines(List<PastSweep> sweeps) {
    TextTable table = new TextTable(HEAD);
    sweeps.forEach(sweep -> table.row(cells(sweep)));
    return table.lines();
  }

  /** A list of objects. */
  public static String json(List<PastSweep> sweeps) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(sweeps);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a sweep is a value of JSON", e);
    }
  }

  /** A page that needs no other file, in the colours of the reader's system. */
  public static String page(String title, List<PastSweep> sweeps) {
    StringBuilder rows = new StringBuilder();
    for (PastSweep sweep : sweeps) {
      rows.append("<tr class=\"").append(kind(sweep)).append("\">");
      List<String> cells = cells(sweep);
      rows.append(Markup.rowHead(cells.get(0)));
      cells.stream()
          .skip(1)
          .forEach(cell -> rows.append("<td>").append(Markup.text(cell)).append("</td>"));
      rows.append("<td>")
          .append(Markup.text(Objects.requireNonNullElse(sweep.reason(), "")))
          .append("</td></tr>\n");
    }
    StringBuilder head = new StringBuilder();
    HEAD.forEach(name -> head.append("<th scope=\"col\">").append(name).append("</th>"));
    head.append("<th scope=\"col\">reason</th>");
    return PAGE.replace("{head}", head)
        .replace("{title}", Markup.text(title))
        .replace("{rows}", rows);
  }

  private static String kind(PastSweep sweep) {
    if (sweep.verdict() != null) {
      return sweep.verdict().replace(' ', '-');
    }
    return sweep.state().equals(RunState.DONE.words()) ? "unjudged" : "unfinished";
  }

  private static List<String> cells(PastSweep sweep) {
    return List.of(
        sweep.output().equals(PastSweep.ITSELF) ? sweep.experiment() : sweep.output(),
        sweep.started().replace('T', ' ').replaceFirst("(\\.\\d+)?Z$", ""),
        sweep.state(),
        Objects.requireNonNullElse(sweep.verdict(), "-"),
        sweep.seconds() == null ? "-" : took(sweep.seconds()),
        String.valueOf(sweep.trained()),
        String.valueOf(sweep.reused()),
        String.join(
            ", ",
            sweep.versions().entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .toList()));
  }

  private static String took(long seconds) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>{title}</title>
      <style>
      :root { color-scheme: light dark; --line: #d5dae0; --good: #1a6b35; --bad: #b3261e; --open: #7a5200; }
      @media (prefers-color-scheme: dark) {
        :root { --line: #383f48; --good: #7fd197; --bad: #ff9a90; --open: #f0c060; }
      }
      body { margin: 0 auto; padding: 2rem 1.5rem; max-width: 1280px; font: 16px/1.5 system-ui, sans-serif; }
      div { overflow-x: auto; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { padding: .4rem .8rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
      td:nth-child(-n+7) { white-space: nowrap; }
      .same td:nth-child(4) { color: var(--good); font-weight: 600; }
      .different td:nth-child(4), .unfinished td:nth-child(3) { color: var(--bad); font-weight: 600; }
      .cannot-tell td:nth-child(4), .cannot-be-compared td:nth-child(4) { color: var(--open); font-weight: 600; }
      </style>
      </head>
      <body>
      <h1>{title}</h1>
      <div tabindex="0"><table>
      <thead><tr>{head}</tr></thead>
      <tbody>
      {rows}</tbody>
      </table></div>
      </body>
      </html>
      """;
}
