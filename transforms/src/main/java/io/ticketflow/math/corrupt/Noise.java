package io.ticketflow.math.corrupt;

import io.ticketflow.math.KeyedRandom;

/** Every value by itself. */
final class Noise {
  private static final double[] GAUSSIAN = {0.04, 0.06, 0.08, 0.09, 0.10};
  private static final double[] PHOTONS = {500, 250, 100, 75, 50};
  private static final double[] LOST = {0.01, 0.02, 0.03, 0.05, 0.07};
  private static final double[] SPECKLE = {0.06, 0.1, 0.12, 0.16, 0.2};

  /** From so many expected photons on, their number is as good as normal. */
  private static final double MANY = 30;

  private Noise() {}

  static Picture gaussian(Picture image, int severity, KeyedRandom random) {
    Picture noisy = image.copy();
    for (int i = 0; i < noisy.values().length; i++) {
      noisy.values()[i] += (float) (GAUSSIAN[severity] * random.nextGaussian());
    }
    return noisy;
  }

  static Picture shot(Picture image, int severity, KeyedRandom random) {
    Picture noisy = image.copy();
    for (int i = 0; i < noisy.values().length; i++) {
      double photons = poisson(noisy.values()[i] * PHOTONS[severity], random);
      noisy.values()[i] = (float) (photons / PHOTONS[severity]);
    }
    return noisy;
  }

  private static double poisson(double mean, KeyedRandom random) {
    if (mean >= MANY) {
      return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = StrictMath.exp(-mean);
    int count = -1;
    for (double product = 1; product > limit; product *= random.nextDouble()) {
      count++;
    }
    return Math.max(0, count);
  }

  static Picture impulse(Picture image, int severity, KeyedRandom random) {
    Picture noisy = image.copy();
    for (int i = 0; i < noisy.values().length; i++) {
      double draw = random.nextDouble();
      if (draw < LOST[severity]) {
        noisy.values()[i] = draw < LOST[severity] / 2 ? 1 : 0;
      }
    }
    return noisy;
  }

  static Picture speckle(Picture image, int severity, KeyedRandom random) {
    Picture noisy = image.copy();
    for (int i = 0; i < noisy.values().length; i++) {
      noisy.values()[i] *= (float) (1 + SPECKLE[severity] * random.nextGaussian());
    }
    return noisy;
  }
}
