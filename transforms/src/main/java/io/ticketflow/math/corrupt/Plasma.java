package io.ticketflow.math.corrupt;

import io.ticketflow.math.KeyedRandom;

/** Clouds: a fractal height map by the diamond-square rule, on a torus. */
final class Plasma {
  private Plasma() {}

  /**
   * One that covers an image, in one channel, from 0 to 1.
   *
   * @param decay above 1; the roughness of each halving is this to the power −2 of the one before
   */
  static Picture of(int height, int width, double decay, KeyedRandom random) {
    int side = Integer.highestOneBit(Math.max(2, Math.max(height, width) * 2 - 1));
    double[] map = new double[side * side];
    double roughness = 1;
    for (int step = side; step > 1; step /= 2) {
      int half = step / 2;
      for (int y = half; y < side; y += step) {
        for (int x = half; x < side; x += step) {
          double corners =
              at(map, side, y - half, x - half)
                  + at(map, side, y - half, x + half)
                  + at(map, side, y + half, x - half)
                  + at(map, side, y + half, x + half);
          map[y * side + x] = corners / 4 + roughness * (2 * random.nextDouble() - 1);
        }
      }
      for (int y = 0; y < side; y += half) {
        for (int x = y / half % 2 == 0 ? half : 0; x < side; x += step) {
          double sides =
              at(map, side, y - half, x)
                  + at(map, side, y + half, x)
                  + at(map, side, y, x - half)
                  + at(map, side, y, x + half);
          map[y * side + x] = sides / 4 + roughness * (2 * random.nextDouble() - 1);
        }
      }
      roughness /= decay * decay;
    }
    return cut(map, side, height, width);
  }

  private static double at(double[] map, int side, int y, int x) {
    return map[(y + side) % side * side + (x + side) % side];
  }

  private static Picture cut(double[] map, int side, int height, int width) {
    double low = map[0];
    double high = map[0];
    for (double value : map) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    Picture clouds = new Picture(1, height, width, new float[height * width]);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        clouds.set(0, y, x, (map[y * side + x] - low) / (high - low));
      }
    }
    return clouds;
  }
}
