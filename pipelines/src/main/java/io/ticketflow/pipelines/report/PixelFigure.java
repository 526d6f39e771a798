package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.PixelRow;
import io.ticketflow.store.tables.Tables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Masks of first layers as pictures. */
final class PixelFigure {
  /** A picture of each of so many series. */
  private static final int MOST = 12;

  private record Pixel(int y, int x) {}

  /** Over channels. */
  private static final class Sum {
    private int kept;
    private int units;
  }

  private PixelFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    Map<String, Map<Pixel, Sum>> pictures = new LinkedHashMap<>();
    for (ExperimentTables experiment : experiments) {
      RunSeries runs = new RunSeries(experiment);
      for (String run : runs.first()) {
        for (PixelRow row : experiment.rows(Tables.PIXELS, run)) {
          Sum sum =
              pictures
                  .computeIfAbsent(
                      runs.label(run, row.getMethod(), labels), l -> new LinkedHashMap<>())
                  .computeIfAbsent(new Pixel(row.getY(), row.getX()), pixel -> new Sum());
          sum.kept += row.getKept();
          sum.units += row.getUnits();
        }
      }
    }
    List<Map<String, Object>> rows =
        pictures.entrySet().stream()
            .limit(MOST)
            .flatMap(
                picture ->
                    picture.getValue().entrySet().stream()
                        .map(each -> row(picture.getKey(), each.getKey(), each.getValue())))
            .toList();
    return new Figure(
        "pixels",
        "First layer's mask",
        "Share of the first layer's units that take a pixel (of convolutions: of filters that keep"
            + " an entry of the kernel), over channels, in the last cycle of the first seed.",
        rows,
        pictures.size() > MOST
            ? List.of("The first " + MOST + " of " + pictures.size() + " series are drawn.")
            : List.of());
  }

  private static Map<String, Object> row(String label, Pixel pixel, Sum sum) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("series", label);
    row.put("y", pixel.y);
    row.put("x", pixel.x);
    row.put("share", sum.kept / (double) sum.units);
    return row;
  }
}
