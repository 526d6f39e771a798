package io.ticketflow.pipelines.report;

import java.util.List;

/** A section of the page with one table, a method a row. */
final class HtmlTable {
  private final StringBuilder html = new StringBuilder();

  /**
   * Its beginning.
   *
   * @param caption as text
   * @param columns their heads, as text
   */
  HtmlTable(String title, String caption, List<String> columns) {
    html.append("<section>\n<h2>")
        .append(Markup.text(title))
        .append("</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
        .append(Markup.text(title))
        .append("\"><table>\n<caption>")
        .append(Markup.text(caption))
        .append("</caption>\n<thead><tr>");
    for (String column : columns) {
      html.append("<th scope=\"col\">").append(Markup.text(column)).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
  }

  /**
   * A row.
   *
   * @param name its head, as text
   * @param cells as markup, with their elements
   */
  void row(String name, List<String> cells) {
    html.append("<tr>")
        .append(Markup.rowHead(name))
        .append(String.join("", cells))
        .append("</tr>\n");
  }

  /** All of it. */
  String section() {
    return html + "</tbody></table></div>\n</section>\n";
  }
}
