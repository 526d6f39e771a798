package io.ticketflow.learn.data;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.spec.UserException;
import java.util.stream.IntStream;

/**
 * Drawn images of ten symbols: a data set that needs no download. Image i of a part is a function
 * of seed, part and i alone, shows the symbol i mod 10, and is the same on every platform.
 *
 * <p>Grey images are 1 × 28 × 28, colour images 3 × 32 × 32. A symbol is turned, sheared, stretched
 * and moved; its corners tremble; other strokes lie about; then comes noise.
 */
final class GlyphSource implements ImageSource {
  private static final int DEFAULT_TRAIN = 10_000;
  private static final int DEFAULT_TEST = 2_000;
  private static final int GREY_SIDE = 28;
  private static final int COLOUR_SIDE = 32;

  private static final double TURN_DEGREES = 20;
  private static final double SHEAR = 0.3;
  private static final double SMALLEST = 0.24;
  private static final double LARGEST = 0.38;
  private static final double SHIFT = 0.1;
  private static final double TREMBLE = 0.06;
  private static final double THINNEST = 0.04;
  private static final double THICKEST = 0.1;
  private static final int MOST_CLUTTER = 3;

  static final KnownDataset GLYPHS =
      new KnownDataset(
          "glyphs",
          false,
          false,
          spec -> {
            int side = side(spec.channels());
            return new Datasets.Shape(spec.channels(), side, side, GlyphShape.ALL.size());
          },
          spec -> new GlyphSource(spec.seed(), spec.channels()));

  private final long seed;
  private final int channels;
  private final int side;

  GlyphSource(long seed, int channels) {
    this.seed = seed;
    this.channels = channels;
    this.side = side(channels);
  }

  private static int side(int channels) {
    return channels == 1 ? GREY_SIDE : COLOUR_SIDE;
  }

  @Override
  public Images read(Part part, int limit) {
    int count = limit > 0 ? limit : part == Part.TRAIN ? DEFAULT_TRAIN : DEFAULT_TEST;
    int size = channels * side * side;
    if ((long) count * size > Integer.MAX_VALUE - 8) {
      throw UserException.of(
          "data.%s must be at most %s glyphs, which fill 2 GiB, got %s",
          part.label(), (Integer.MAX_VALUE - 8) / size, count);
    }
    byte[] pixels = new byte[count * size];
    int[] labels = new int[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              labels[i] = i % GlyphShape.ALL.size();
              draw(GlyphShape.ALL.get(labels[i]), KeyedRandom.of(seed, "glyphs", part.label(), i))
                  .write(pixels, i * size);
            });
    return new Images(channels, side, side, GlyphShape.ALL.size(), pixels, labels);
  }

  private GlyphCanvas draw(GlyphShape shape, KeyedRandom random) {
    double[] ground = colour(random, 0, channels == 1 ? 0.25 : 0.5);
    GlyphCanvas canvas = new GlyphCanvas(side, ground);
    int clutter = random.nextInt(MOST_CLUTTER + 1);
    for (int i = 0; i < clutter; i++) {
      canvas.stroke(scratch(random), width(random), colour(random, 0.3, 0.8));
    }
    double[] affine = affine(random);
    double width = width(random);
    double[] ink = colour(random, 0.6, 1);
    for (double[] stroke : shape.strokes()) {
      canvas.stroke(place(stroke, affine, random), width, ink);
    }
    canvas.addNoise(random, uniform(random, 0.03, 0.15));
    return canvas;
  }

  /** The six numbers of x' = a·x + b·y + c, y' = d·x + e·y + f, in pixels. */
  private double[] affine(KeyedRandom random) {
    double angle = StrictMath.toRadians(uniform(random, -TURN_DEGREES, TURN_DEGREES));
    double cos = StrictMath.cos(angle) * side;
    double sin = StrictMath.sin(angle) * side;
    double shear = uniform(random, -SHEAR, SHEAR);
    double scaleX = uniform(random, SMALLEST, LARGEST);
    double scaleY = uniform(random, SMALLEST, LARGEST);
    double centreX = side * (0.5 + uniform(random, -SHIFT, SHIFT));
    double centreY = side * (0.5 + uniform(random, -SHIFT, SHIFT));
    return new double[] {
      cos * scaleX, (cos * shear - sin) * scaleY, centreX,
      sin * scaleX, (sin * shear + cos) * scaleY, centreY
    };
  }

  private static double[] place(double[] stroke, double[] affine, KeyedRandom random) {
    double[] placed = new double[stroke.length];
    for (int i = 0; i < stroke.length; i += 2) {
      double x = stroke[i] + TREMBLE * random.nextGaussian();
      double y = stroke[i + 1] + TREMBLE * random.nextGaussian();
      placed[i] = affine[0] * x + affine[1] * y + affine[2];
      placed[i + 1] = affine[3] * x + affine[4] * y + affine[5];
    }
    return placed;
  }

  /** A short straight stroke anywhere. */
  private double[] scratch(KeyedRandom random) {
    double x = side * random.nextDouble();
    double y = side * random.nextDouble();
    double reach = 0.3 * side;
    return new double[] {
      x, y, x + uniform(random, -reach, reach), y + uniform(random, -reach, reach)
    };
  }

  private double width(KeyedRandom random) {
    return side * uniform(random, THINNEST, THICKEST);
  }

  /** Every channel for itself within the given range. */
  private double[] colour(KeyedRandom random, double darkest, double brightest) {
    double[] colour = new double[channels];
    for (int i = 0; i < channels; i++) {
      colour[i] = uniform(random, darkest, brightest);
    }
    return colour;
  }

  private static double uniform(KeyedRandom random, double from, double to) {
    return from + (to - from) * random.nextDouble();
  }
}
