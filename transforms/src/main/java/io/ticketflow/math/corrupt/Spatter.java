package io.ticketflow.math.corrupt;

import io.ticketflow.math.KeyedRandom;

/**
 * Drops on the lens: of water, which adds light, and from severity 4 on of mud, which covers. The
 * published ones have edges drawn by an edge detector; these have none.
 */
final class Spatter {
  private static final double[] MEAN = {0.62, 0.65, 0.65, 0.65, 0.65};
  private static final double[] SPREAD = {0.1, 0.1, 0.3, 0.1, 0.1};
  private static final double[] SIZE = {0.7, 0.8, 1, 0.7, 0.5};
  private static final double[] FROM = {0.7, 0.7, 0.69, 0.69, 0.68};
  private static final double[] STRENGTH = {0.5, 0.5, 0.5, 0.6, 0.6};
  private static final int MUD_FROM = 3;
  private static final double[] WATER = {175 / 255.0, 238 / 255.0, 238 / 255.0};
  private static final double[] MUD = {63 / 255.0, 42 / 255.0, 20 / 255.0};
  private static final double[] LUMA = {0.299, 0.587, 0.114};

  private Spatter() {}

  static Picture apply(Picture image, int severity, KeyedRandom random) {
    Picture drops = image.blank(1);
    for (int i = 0; i < drops.values().length; i++) {
      drops.values()[i] = (float) (MEAN[severity] + SPREAD[severity] * random.nextGaussian());
    }
    double size = image.scaled(SIZE[severity]);
    drops = Kernels.gaussian(drops, size);
    boolean mud = severity >= MUD_FROM;
    for (int i = 0; i < drops.values().length; i++) {
      double over = drops.values()[i] - FROM[severity];
      drops.values()[i] = over < 0 ? 0 : mud ? 1 : (float) over;
    }
    return mud
        ? covered(image, Kernels.gaussian(drops, size), STRENGTH[severity])
        : lit(image, drops, STRENGTH[severity]);
  }

  /** Drops as bright as the brightest of them is strong. */
  private static Picture lit(Picture image, Picture drops, double strength) {
    Picture wet = image.copy();
    double brightest = drops.max();
    for (int i = 0; i < wet.values().length && brightest > 0; i++) {
      int channel = i / drops.values().length;
      double drop = drops.values()[i % drops.values().length] / brightest;
      wet.values()[i] += (float) (strength * drop * tint(WATER, channel, image.channels()));
    }
    return wet;
  }

  private static Picture covered(Picture image, Picture drops, double strength) {
    Picture muddy = image.copy();
    for (int i = 0; i < muddy.values().length; i++) {
      int channel = i / drops.values().length;
      double part = strength * drops.values()[i % drops.values().length];
      muddy.values()[i] =
          (float) ((1 - part) * muddy.values()[i] + part * tint(MUD, channel, image.channels()));
    }
    return muddy;
  }

  /** A colour's part of a channel; of a grey image, its lightness. */
  private static double tint(double[] colour, int channel, int channels) {
    return channels == colour.length
        ? colour[channel]
        : LUMA[0] * colour[0] + LUMA[1] * colour[1] + LUMA[2] * colour[2];
  }

  /** The lightness of a pixel. */
  static double grey(Picture image, int y, int x) {
    double grey = 0;
    for (int c = 0; c < image.channels(); c++) {
      grey +=
          image.get(c, y, x) * (image.channels() == LUMA.length ? LUMA[c] : 1.0 / image.channels());
    }
    return grey;
  }
}
