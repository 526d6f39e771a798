package io.ticketflow.math.corrupt;

import io.ticketflow.math.KeyedRandom;

/** A rubber sheet: three of its points are pulled, then all of it a little (Simard et al. 2003). */
final class Elastic {
  private static final double[] FAR = {0, 0.05, 0.08, 0.1, 0.1};
  private static final double[] SMOOTH = {0, 0.2, 0.06, 0.04, 0.03};
  private static final double[] PULL = {0.08, 0.07, 0.06, 0.05, 0.03};

  private Elastic() {}

  static Picture transform(Picture image, int severity, KeyedRandom random) {
    int side = Math.min(image.height(), image.width());
    Picture pulled = pulled(image, side * PULL[severity], random);
    Picture down = field(image, side * SMOOTH[severity], random);
    Picture right = field(image, side * SMOOTH[severity], random);
    double far = side * FAR[severity];
    Picture bent = image.blank(image.channels());
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          double fromY = y + far * down.get(0, y, x);
          double fromX = x + far * right.get(0, y, x);
          bent.set(c, y, x, pulled.between(c, fromY, fromX));
        }
      }
    }
    return bent;
  }

  /** Draws from −1 to 1, smoothed. */
  private static Picture field(Picture image, double sigma, KeyedRandom random) {
    Picture field = image.blank(1);
    for (int i = 0; i < field.values().length; i++) {
      field.values()[i] = (float) (2 * random.nextDouble() - 1);
    }
    return Kernels.gaussian(field, sigma);
  }

  /** The affine map that moves three corners of a square about the middle by up to that far. */
  private static Picture pulled(Picture image, double most, KeyedRandom random) {
    int middleY = image.height() / 2;
    int middleX = image.width() / 2;
    int square = Math.min(image.height(), image.width()) / 3;
    double[][] from = {
      {middleX + square, middleY + square},
      {middleX + square, middleY - square},
      {middleX - square, middleY - square}
    };
    double[][] to = new double[3][2];
    for (int i = 0; i < 3; i++) {
      for (int axis = 0; axis < 2; axis++) {
        to[i][axis] = from[i][axis] + most * (2 * random.nextDouble() - 1);
      }
    }
    Picture pulled = image.blank(image.channels());
    // A place is to[1] + s·(to[0] − to[1]) + t·(to[2] − to[1]), and comes from the same s and t.
    double sx = to[0][0] - to[1][0];
    double sy = to[0][1] - to[1][1];
    double tx = to[2][0] - to[1][0];
    double ty = to[2][1] - to[1][1];
    double area = sx * ty - sy * tx;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        double dx = x - to[1][0];
        double dy = y - to[1][1];
        double s = (dx * ty - dy * tx) / area;
        double t = (sx * dy - sy * dx) / area;
        double fromX = from[1][0] + s * (from[0][0] - from[1][0]) + t * (from[2][0] - from[1][0]);
        double fromY = from[1][1] + s * (from[0][1] - from[1][1]) + t * (from[2][1] - from[1][1]);
        for (int c = 0; c < image.channels(); c++) {
          pulled.set(c, y, x, image.between(c, fromY, fromX));
        }
      }
    }
    return pulled;
  }
}
