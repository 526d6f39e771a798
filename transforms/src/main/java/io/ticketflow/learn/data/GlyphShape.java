package io.ticketflow.learn.data;

import java.util.ArrayList;
import java.util.List;

/**
 * A symbol of our own: polylines in the square [−1, 1]², x to the right and y down, each an array
 * x0, y0, x1, y1 … Several symbols are near relatives, told apart by one stroke or by handedness,
 * so that a classifier has to look.
 */
record GlyphShape(String name, List<double[]> strokes) {
  private static final double ARC_STEP_DEGREES = 15;

  /** The ten classes, in the order of their labels. */
  static final List<GlyphShape> ALL =
      List.of(
          glyph("arch", join(line(-0.7, 0.9), arc(0, -0.1, 0.7, 180, 360), line(0.7, 0.9))),
          glyph(
              "gate",
              join(line(-0.7, 0.9), arc(0, -0.1, 0.7, 180, 360), line(0.7, 0.9)),
              line(-0.7, 0.25, 0.7, 0.25)),
          glyph("stair", line(-0.9, 0.8, -0.3, 0.8, -0.3, 0.15, 0.3, 0.15, 0.3, -0.5, 0.9, -0.5)),
          glyph("bolt", line(-0.8, 0.8, -0.1, -0.5, 0.1, 0.5, 0.8, -0.8)),
          glyph("crook", join(line(-0.4, 0.9, -0.4, -0.2), arc(0.1, -0.2, 0.5, 180, 390))),
          glyph("sickle", join(line(0.4, 0.9, 0.4, -0.2), arc(-0.1, -0.2, 0.5, 360, 150))),
          glyph("hourglass", line(-0.6, -0.8, 0.6, -0.8, -0.6, 0.8, 0.6, 0.8, -0.6, -0.8)),
          glyph(
              "kite",
              line(0, -0.9, 0.6, -0.2, 0, 0.5, -0.6, -0.2, 0, -0.9),
              line(0, 0.5, -0.3, 0.95)),
          glyph("trident", arc(0, -0.6, 0.65, 180, 0), line(0, -0.9, 0, 0.95)),
          glyph(
              "anchor",
              arc(0, 0.2, 0.65, 180, 0),
              line(0, -0.95, 0, 0.85),
              line(-0.4, -0.6, 0.4, -0.6)));

  private static GlyphShape glyph(String name, double[]... strokes) {
    return new GlyphShape(name, List.of(strokes));
  }

  private static double[] line(double... xy) {
    return xy;
  }

  /** Part of a circle as a polyline; degrees from the right, clockwise as seen on the screen. */
  private static double[] arc(double x, double y, double radius, double from, double to) {
    int pieces = (int) StrictMath.ceil(Math.abs(to - from) / ARC_STEP_DEGREES);
    double[] xy = new double[2 * (pieces + 1)];
    for (int i = 0; i <= pieces; i++) {
      double angle = StrictMath.toRadians(from + (to - from) * i / pieces);
      xy[2 * i] = x + radius * StrictMath.cos(angle);
      xy[2 * i + 1] = y + radius * StrictMath.sin(angle);
    }
    return xy;
  }

  private static double[] join(double[]... parts) {
    List<Double> xy = new ArrayList<>();
    for (double[] part : parts) {
      for (double value : part) {
        xy.add(value);
      }
    }
    return xy.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
