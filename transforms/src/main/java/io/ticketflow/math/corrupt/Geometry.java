package io.ticketflow.math.corrupt;

import io.ticketflow.math.KeyedRandom;

/** The whole is moved. */
final class Geometry {
  private static final double[] DEGREES = {10, 20, 30, 40, 50};
  private static final double[] ASIDE = {1, 2, 3, 4, 5};

  private Geometry() {}

  static Picture rotate(Picture image, int severity, KeyedRandom random) {
    double angle =
        StrictMath.toRadians(random.nextBoolean() ? DEGREES[severity] : -DEGREES[severity]);
    double sin = StrictMath.sin(angle);
    double cos = StrictMath.cos(angle);
    double middleY = (image.height() - 1) / 2.0;
    double middleX = (image.width() - 1) / 2.0;
    Picture turned = image.blank(image.channels());
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        double fromY = middleY + cos * (y - middleY) - sin * (x - middleX);
        double fromX = middleX + sin * (y - middleY) + cos * (x - middleX);
        for (int c = 0; c < image.channels() && image.holds(fromY, fromX); c++) {
          turned.set(c, y, x, image.between(c, fromY, fromX));
        }
      }
    }
    return turned;
  }

  /** By whole pixels, at least one. */
  static Picture shift(Picture image, int severity, KeyedRandom random) {
    int far = Math.max(1, (int) Math.rint(image.scaled(ASIDE[severity])));
    int direction = random.nextInt(8);
    int place = direction < 4 ? direction : direction + 1; // of nine, the middle is none
    int down = far * (place / 3 - 1);
    int right = far * (place % 3 - 1);
    Picture moved = image.blank(image.channels());
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          if (image.holds(y - down, x - right)) {
            moved.set(c, y, x, image.get(c, y - down, x - right));
          }
        }
      }
    }
    return moved;
  }

  /** What is seen about the middle from nearer, at least 1 times. */
  static Picture zoom(Picture image, double times) {
    double middleY = (image.height() - 1) / 2.0;
    double middleX = (image.width() - 1) / 2.0;
    Picture nearer = image.blank(image.channels());
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          double fromY = middleY + (y - middleY) / times;
          double fromX = middleX + (x - middleX) / times;
          nearer.set(c, y, x, image.between(c, fromY, fromX));
        }
      }
    }
    return nearer;
  }
}
