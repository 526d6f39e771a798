package io.ticketflow.pipelines.report;

import io.ticketflow.settings.CanonicalJson;

/** Text made safe for its place in a page. */
public final class Markup {
  private Markup() {}

  /** For element content and quoted attributes. */
  public static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /**
   * The name at the head of a row, which breaks into lines before it pushes numbers off the page.
   */
  public static String rowHead(String name) {
    String breakable = text(name).replace("=", "=<wbr>"); // rather than within a number
    return "<th scope=\"row\"><span class=\"name\">" + breakable + "</span></th>";
  }

  /** The beginning of a table that is scrolled, by keyboard too, where the page is narrower. */
  static String table(String name) {
    return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\""
        + text(name)
        + "\"><table>\n";
  }

  /** JSON for the inside of a script element: no less-than sign, so nothing can end the element. */
  static String json(Object value) {
    return CanonicalJson.write(value).replace("<", "\\u003c");
  }

  /** A program for the inside of a script element; its source map stays behind. */
  static String script(String program) {
    return program
        .replaceAll("(?m)^//# sourceMappingURL=.*$", "")
        .replaceAll("(?i)</(script)", "<\\\\/$1")
        .replace("<!--", "<\\!--")
        .strip();
  }
}
