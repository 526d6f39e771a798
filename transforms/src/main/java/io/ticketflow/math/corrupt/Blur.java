package io.ticketflow.math.corrupt;

import io.ticketflow.math.KeyedRandom;

/** Neighbours run into one another. */
final class Blur {
  private static final double[] GAUSSIAN = {0.4, 0.6, 0.7, 0.8, 1};
  private static final double[] RADIUS = {0.3, 0.4, 0.5, 1, 1.5};
  private static final double[] EDGE = {0.4, 0.5, 0.6, 0.2, 0.1};
  private static final double[] GLASS = {0.05, 0.25, 0.4, 0.25, 0.4};
  private static final int[] SWAPS = {1, 1, 1, 2, 2};
  private static final double[] REACH = {6, 6, 6, 8, 9};
  private static final double[] FALL = {1, 1.5, 2, 2, 2.5};
  private static final int[] NEAREST = {5, 10, 15, 20, 25};
  private static final double STEP = 0.01;
  private static final double STEEPEST = 45;

  private Blur() {}

  static Picture gaussian(Picture image, int severity, KeyedRandom random) {
    return Kernels.gaussian(image, image.scaled(GAUSSIAN[severity]));
  }

  static Picture defocus(Picture image, int severity, KeyedRandom random) {
    return Kernels.disk(image, image.scaled(RADIUS[severity]), EDGE[severity]);
  }

  /** Every pixel but those of the edge changes places with one that touches it, above or left. */
  static Picture glass(Picture image, int severity, KeyedRandom random) {
    double sigma = image.scaled(GLASS[severity]);
    Picture mixed = Kernels.gaussian(image, sigma);
    for (int round = 0; round < SWAPS[severity]; round++) {
      for (int y = mixed.height() - 2; y >= 1; y--) {
        for (int x = mixed.width() - 2; x >= 1; x--) {
          int otherY = y - random.nextInt(2);
          int otherX = x - random.nextInt(2);
          for (int c = 0; c < mixed.channels(); c++) {
            float here = mixed.get(c, y, x);
            mixed.set(c, y, x, mixed.get(c, otherY, otherX));
            mixed.set(c, otherY, otherX, here);
          }
        }
      }
    }
    return Kernels.gaussian(mixed, sigma);
  }

  static Picture motion(Picture image, int severity, KeyedRandom random) {
    double degrees = STEEPEST * (2 * random.nextDouble() - 1);
    return Kernels.line(
        image, degrees, image.scaled(REACH[severity]), image.scaled(FALL[severity]));
  }

  /** The mean of the image and of what is seen from nearer, in steps of 1 %. */
  static Picture zoom(Picture image, int severity, KeyedRandom random) {
    Picture mean = image.copy();
    int steps = NEAREST[severity] + 1;
    for (int step = 0; step < steps; step++) {
      Picture nearer = Geometry.zoom(image, 1 + STEP * step);
      for (int i = 0; i < mean.values().length; i++) {
        mean.values()[i] += nearer.values()[i];
      }
    }
    for (int i = 0; i < mean.values().length; i++) {
      mean.values()[i] /= steps + 1;
    }
    return mean;
  }
}
