package io.ticketflow.pipelines.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A section of the page with one chart.
 *
 * @param id by which {@code charts.js} knows the chart
 * @param notes what was left out, a sentence each
 */
record FigureSection(String id, String title, String caption, List<String> notes) {
  static FigureSection of(Figure figure) {
    return new FigureSection(figure.id(), figure.title(), figure.caption(), figure.notes());
  }

  String html() {
    return String.format(
        Locale.ROOT,
        """
        <section>
        <h2>%s</h2>
        <figure><div class="chart" id="%s"></div>
        <figcaption>%s</figcaption></figure>
        </section>
        """,
        title,
        id,
        Stream.concat(Stream.of(caption), notes.stream()).collect(Collectors.joining(" ")));
  }
}
