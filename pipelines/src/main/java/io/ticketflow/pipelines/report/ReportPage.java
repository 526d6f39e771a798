package io.ticketflow.pipelines.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * A report, and what its figures can be drawn from elsewhere.
 *
 * @param html the whole page
 * @param data what {@code charts.js} draws, as JSON
 * @param figures the ids of the page's figures, in its order
 */
public record ReportPage(String html, String data, List<String> figures) {
  /** Where the page's own programs are on the class path. */
  static final String PROGRAMS = "/io/ticketflow/pipelines/report/";

  /** What tells Vega-Lite and Vega the charts; the last has all. */
  private static final List<String> CHARTS =
      List.of(
          "chart-parts.js",
          "training-charts.js",
          "landscape-charts.js",
          "quality-charts.js",
          "mask-charts.js",
          "work-charts.js",
          "charts.js");

  /**
   * The programs that draw figures without a page, in the order in which they must load: Vega,
   * Vega-Lite and those of {@link #charts}.
   */
  public static List<String> programs() {
    return Stream.concat(
            VegaLibraries.ALL.stream()
                .filter(library -> !library.name().equals("vega-embed"))
                .map(VegaLibraries.Library::program),
            charts())
        .toList();
  }

  /** The programs of the charts, in the order in which they must load. */
  static Stream<String> charts() {
    return CHARTS.stream().map(name -> VegaLibraries.resource(PROGRAMS + name));
  }
}
