package io.ticketflow.math.corrupt;

import io.ticketflow.math.KeyedRandom;

/** Something lies between lens and scene. */
final class Weather {
  private static final double[] FOG = {0.2, 0.5, 0.75, 1, 1.5};
  private static final double[] FOG_DECAY = {3, 3, 2.5, 2, 1.75};
  private static final double[] SCENE = {1, 1, 0.9, 0.85, 0.75};
  private static final double[] ICE = {0.2, 0.3, 0.4, 0.4, 0.45};
  private static final double ICE_DECAY = 1.4;
  private static final double[] FLAKES = {0.1, 0.1, 0.15, 0.25, 0.3};
  private static final double[] FLAKES_SPREAD = {0.2, 0.2, 0.3, 0.3, 0.3};
  private static final double[] FLAKE_SIZE = {1, 1, 1.75, 2.25, 1.25};
  private static final double[] FLAKES_FROM = {0.6, 0.5, 0.55, 0.6, 0.65};
  private static final double[] FALL_REACH = {8, 10, 10, 12, 14};
  private static final double[] FALL_FADES = {3, 4, 4, 6, 12};
  private static final double[] SNOW_SCENE = {0.95, 0.9, 0.9, 0.85, 0.8};

  private Weather() {}

  static Picture fog(Picture image, int severity, KeyedRandom random) {
    Picture clouds = Plasma.of(image.height(), image.width(), FOG_DECAY[severity], random);
    double max = image.max();
    Picture hazy = image.copy();
    for (int i = 0; i < hazy.values().length; i++) {
      double through =
          hazy.values()[i] + FOG[severity] * clouds.values()[i % clouds.values().length];
      hazy.values()[i] = (float) (max == 0 ? through : through * max / (max + FOG[severity]));
    }
    return hazy;
  }

  /** Ice grows along the ridges of clouds. */
  static Picture frost(Picture image, int severity, KeyedRandom random) {
    Picture clouds = Plasma.of(image.height(), image.width(), ICE_DECAY, random);
    Picture frozen = image.copy();
    for (int i = 0; i < frozen.values().length; i++) {
      double ridge = 1 - Math.abs(2 * clouds.values()[i % clouds.values().length] - 1);
      frozen.values()[i] = (float) (SCENE[severity] * frozen.values()[i] + ICE[severity] * ridge);
    }
    return frozen;
  }

  static Picture snow(Picture image, int severity, KeyedRandom random) {
    Picture flakes = image.blank(1);
    for (int i = 0; i < flakes.values().length; i++) {
      flakes.values()[i] =
          (float) (FLAKES[severity] + FLAKES_SPREAD[severity] * random.nextGaussian());
    }
    flakes = Geometry.zoom(flakes, FLAKE_SIZE[severity]);
    for (int i = 0; i < flakes.values().length; i++) {
      if (flakes.values()[i] < FLAKES_FROM[severity]) {
        flakes.values()[i] = 0;
      }
    }
    double degrees = -135 + 90 * random.nextDouble();
    flakes =
        Kernels.line(
            flakes.clip(),
            degrees,
            image.scaled(FALL_REACH[severity]),
            image.scaled(FALL_FADES[severity]));
    return under(image, flakes, SNOW_SCENE[severity]);
  }

  /** A paler scene, with flakes and the same flakes turned half round. */
  private static Picture under(Picture image, Picture flakes, double scene) {
    Picture snowy = image.copy();
    int size = flakes.values().length;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        double grey = Spatter.grey(image, y, x);
        int here = y * image.width() + x;
        double both = flakes.values()[here] + flakes.values()[size - 1 - here];
        for (int c = 0; c < image.channels(); c++) {
          double value = image.get(c, y, x);
          double pale = Math.max(value, 1.5 * grey + 0.5);
          snowy.set(c, y, x, scene * value + (1 - scene) * pale + both);
        }
      }
    }
    return snowy;
  }

  static Picture spatter(Picture image, int severity, KeyedRandom random) {
    return Spatter.apply(image, severity, random);
  }
}
