package io.ticketflow.math.corrupt;

import java.util.ArrayList;
import java.util.List;

/** Weighted means of neighbours; beyond an edge lies the edge. */
final class Kernels {
  /** A normal curve is followed for so many standard deviations. */
  private static final double FAR = 4;

  private Kernels() {}

  /** A neighbour and its weight. */
  private record Tap(int y, int x, double weight) {}

  /**
   * A normal blur.
   *
   * @param sigma in pixels; 0 leaves the image as it is
   */
  static Picture gaussian(Picture image, double sigma) {
    if (sigma <= 0) {
      return image.copy();
    }
    int reach = (int) (FAR * sigma + 0.5);
    double[] weights = new double[2 * reach + 1];
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      weights[i + reach] = StrictMath.exp(-0.5 * i * i / (sigma * sigma));
      sum += weights[i + reach];
    }
    List<Tap> down = new ArrayList<>();
    List<Tap> across = new ArrayList<>();
    for (int i = -reach; i <= reach; i++) {
      down.add(new Tap(i, 0, weights[i + reach] / sum));
      across.add(new Tap(0, i, weights[i + reach] / sum));
    }
    return mean(mean(image, down), across);
  }

  /**
   * The mean over a disk whose edge is blurred.
   *
   * @param radius in pixels; below 1 it is the pixel alone
   * @param edge standard deviation of the blur of its edge, in pixels
   */
  static Picture disk(Picture image, double radius, double edge) {
    int reach = (int) Math.ceil(radius) + 1;
    int side = 2 * reach + 1;
    Picture disk = new Picture(1, side, side, new float[side * side]);
    int count = 0;
    for (int y = -reach; y <= reach; y++) {
      for (int x = -reach; x <= reach; x++) {
        if (y * y + x * x <= radius * radius) {
          disk.set(0, y + reach, x + reach, 1);
          count++;
        }
      }
    }
    Picture soft = threeByThree(disk, edge);
    List<Tap> taps = new ArrayList<>();
    for (int y = -reach; y <= reach; y++) {
      for (int x = -reach; x <= reach; x++) {
        taps.add(new Tap(y, x, soft.get(0, y + reach, x + reach) / count));
      }
    }
    return mean(image, taps);
  }

  /** A normal blur over the next neighbours alone, as the disk's edge is published. */
  private static Picture threeByThree(Picture image, double sigma) {
    double aside = StrictMath.exp(-0.5 / (sigma * sigma));
    double sum = 1 + 2 * aside;
    List<Tap> taps = new ArrayList<>();
    for (int y = -1; y <= 1; y++) {
      for (int x = -1; x <= 1; x++) {
        taps.add(new Tap(y, x, (y == 0 ? 1 : aside) * (x == 0 ? 1 : aside) / (sum * sum)));
      }
    }
    return mean(image, taps);
  }

  /**
   * A mean along a line that begins in each pixel.
   *
   * @param degrees of the line
   * @param reach its length is 2 · reach, in pixels
   * @param sigma how fast weights fall along it, in pixels
   */
  static Picture line(Picture image, double degrees, double reach, double sigma) {
    double angle = StrictMath.toRadians(degrees);
    double down = StrictMath.sin(angle);
    double right = StrictMath.cos(angle);
    int last = (int) Math.rint(2 * reach);
    double[] weights = new double[last + 1];
    double sum = 0;
    for (int i = 0; i <= last; i++) {
      weights[i] = StrictMath.exp(-0.5 * i * i / (sigma * sigma));
      sum += weights[i];
    }
    Picture blurred = image.blank(image.channels());
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          double value = 0;
          for (int i = 0; i <= last; i++) {
            value += weights[i] / sum * image.between(c, y + i * down, x + i * right);
          }
          blurred.set(c, y, x, value);
        }
      }
    }
    return blurred;
  }

  private static Picture mean(Picture image, List<Tap> taps) {
    Picture mean = image.blank(image.channels());
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          double value = 0;
          for (Tap tap : taps) {
            value += tap.weight * image.near(c, y + tap.y, x + tap.x);
          }
          mean.set(c, y, x, value);
        }
      }
    }
    return mean;
  }
}
