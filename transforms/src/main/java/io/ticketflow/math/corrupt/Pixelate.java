package io.ticketflow.math.corrupt;

import io.ticketflow.math.KeyedRandom;

/** Fewer pixels: means over boxes, which are drawn as large as the image again. */
final class Pixelate {
  private static final double[] SIDE = {0.95, 0.9, 0.85, 0.75, 0.65};

  private Pixelate() {}

  static Picture apply(Picture image, int severity, KeyedRandom random) {
    int rows = Math.max(1, (int) (image.height() * SIDE[severity]));
    int columns = Math.max(1, (int) (image.width() * SIDE[severity]));
    Picture few =
        new Picture(image.channels(), rows, columns, new float[image.channels() * rows * columns]);
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          few.set(c, y, x, mean(image, c, y, rows, x, columns));
        }
      }
    }
    Picture coarse = image.blank(image.channels());
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          coarse.set(
              c,
              y,
              x,
              few.get(c, nearest(y, image.height(), rows), nearest(x, image.width(), columns)));
        }
      }
    }
    return coarse;
  }

  private static int nearest(int at, int size, int few) {
    return (int) ((at + 0.5) * few / size);
  }

  /** Pixels that lie partly in the box count by that part. */
  private static double mean(
      Picture image, int channel, int row, int rows, int column, int columns) {
    double top = (double) row * image.height() / rows;
    double bottom = (double) (row + 1) * image.height() / rows;
    double left = (double) column * image.width() / columns;
    double right = (double) (column + 1) * image.width() / columns;
    double sum = 0;
    double area = 0;
    for (int y = (int) top; y < Math.min(image.height(), Math.ceil(bottom)); y++) {
      for (int x = (int) left; x < Math.min(image.width(), Math.ceil(right)); x++) {
        double part =
            (Math.min(bottom, y + 1.0) - Math.max(top, y))
                * (Math.min(right, x + 1.0) - Math.max(left, x));
        sum += part * image.get(channel, y, x);
        area += part;
      }
    }
    return sum / area;
  }
}
