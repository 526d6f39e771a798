package io.ticketflow.math.corrupt;

import io.ticketflow.math.KeyedRandom;

/** Light, contrast and colour. Value and saturation are those of the HSV model. */
final class Tone {
  private static final double[] LIGHT = {0.05, 0.1, 0.15, 0.2, 0.3};
  private static final double[] CONTRAST = {0.75, 0.5, 0.4, 0.3, 0.15};
  private static final double[] TIMES = {0.3, 0.1, 1.5, 2, 2.5};
  private static final double[] PLUS = {0, 0, 0, 0.1, 0.2};

  private Tone() {}

  /** The value, which is the greatest channel, grows; hue and saturation stay. */
  static Picture brightness(Picture image, int severity, KeyedRandom random) {
    Picture light = image.copy();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        double value = greatest(image, y, x);
        double wanted = Math.min(1, value + LIGHT[severity]);
        for (int c = 0; c < image.channels(); c++) {
          light.set(c, y, x, value == 0 ? wanted : image.get(c, y, x) * wanted / value);
        }
      }
    }
    return light;
  }

  /** About each channel's mean. */
  static Picture contrast(Picture image, int severity, KeyedRandom random) {
    double[] means = image.means();
    Picture flat = image.copy();
    int size = image.height() * image.width();
    for (int i = 0; i < flat.values().length; i++) {
      double mean = means[i / size];
      flat.values()[i] = (float) (mean + CONTRAST[severity] * (flat.values()[i] - mean));
    }
    return flat;
  }

  /** Grey has no hue: where saturation is added to it, it turns red, as the model's hue 0 is. */
  static Picture saturate(Picture image, int severity, KeyedRandom random) {
    Picture strong = image.copy();
    for (int y = 0; y < image.height() && image.channels() > 1; y++) {
      for (int x = 0; x < image.width(); x++) {
        double value = greatest(image, y, x);
        double least = value;
        for (int c = 0; c < image.channels(); c++) {
          least = Math.min(least, image.get(c, y, x));
        }
        double saturation = value == 0 ? 0 : (value - least) / value;
        double wanted = Math.min(1, saturation * TIMES[severity] + PLUS[severity]);
        for (int c = 0; c < image.channels(); c++) {
          double below =
              saturation == 0
                  ? (c == 0 ? 0 : value * wanted)
                  : (value - image.get(c, y, x)) * wanted / saturation;
          strong.set(c, y, x, value - below);
        }
      }
    }
    return strong;
  }

  private static double greatest(Picture image, int y, int x) {
    double greatest = 0;
    for (int c = 0; c < image.channels(); c++) {
      greatest = Math.max(greatest, image.get(c, y, x));
    }
    return greatest;
  }
}
