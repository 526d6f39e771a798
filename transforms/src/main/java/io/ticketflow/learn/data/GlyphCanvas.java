package io.ticketflow.learn.data;

import io.ticketflow.math.KeyedRandom;

/**
 * A small square picture in doubles, channel by channel. Strokes are antialiased by the distance of
 * a pixel's centre to the nearest segment, in plain IEEE arithmetic: the same bits on every
 * platform, which no graphics library promises.
 */
final class GlyphCanvas {
  private final int channels;
  private final int side;
  private final double[] values;

  /** A canvas of one colour; values from 0 (black) to 1. */
  GlyphCanvas(int side, double[] ground) {
    this.channels = ground.length;
    this.side = side;
    this.values = new double[channels * side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = ground[i / (side * side)];
    }
  }

  /** Lays a polyline of that width and colour over the picture; coordinates and width in pixels. */
  void stroke(double[] xy, double width, double[] ink) {
    double reach = width / 2 + 0.5;
    int left = first(xy, 0, reach);
    int right = last(xy, 0, reach);
    int bottom = last(xy, 1, reach);
    for (int row = first(xy, 1, reach); row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double squared = squaredDistance(column + 0.5, row + 0.5, xy);
        if (squared < reach * reach) {
          double cover = Math.min(1, reach - Math.sqrt(squared));
          blend(row * side + column, cover, ink);
        }
      }
    }
  }

  /** Adds noise of that standard deviation to each value: the sum of four uniforms. */
  void addNoise(KeyedRandom random, double deviation) {
    // Four 16-bit uniforms of one draw: their sum has variance (2^32 − 1) / 3.
    double scale = deviation / Math.sqrt((0x1.0p32 - 1) / 3);
    for (int i = 0; i < values.length; i++) {
      long draw = random.nextLong();
      long sum = (draw & 0xFFFF) + (draw >>> 16 & 0xFFFF) + (draw >>> 32 & 0xFFFF) + (draw >>> 48);
      values[i] += (sum - 131_070) * scale;
    }
  }

  /** Writes the picture as bytes, values below 0 and above 1 clipped. */
  void write(byte[] pixels, int at) {
    for (int i = 0; i < values.length; i++) {
      double clipped = Math.max(0, Math.min(1, values[i]));
      pixels[at + i] = (byte) (int) (clipped * 255 + 0.5);
    }
  }

  private void blend(int pixel, double cover, double[] ink) {
    for (int channel = 0; channel < channels; channel++) {
      int i = channel * side * side + pixel;
      values[i] += cover * (ink[channel] - values[i]);
    }
  }

  private static double squaredDistance(double x, double y, double[] xy) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 2; i < xy.length; i += 2) {
      double dx = xy[i] - xy[i - 2];
      double dy = xy[i + 1] - xy[i - 1];
      double px = x - xy[i - 2];
      double py = y - xy[i - 1];
      double length = dx * dx + dy * dy;
      double along = length > 0 ? Math.max(0, Math.min(1, (px * dx + py * dy) / length)) : 0;
      double ex = px - along * dx;
      double ey = py - along * dy;
      nearest = Math.min(nearest, ex * ex + ey * ey);
    }
    return nearest;
  }

  private static int first(double[] xy, int axis, double reach) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = axis; i < xy.length; i += 2) {
      least = Math.min(least, xy[i]);
    }
    return Math.max(0, (int) (least - reach));
  }

  private int last(double[] xy, int axis, double reach) {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = axis; i < xy.length; i += 2) {
      most = Math.max(most, xy[i]);
    }
    return Math.min(side - 1, (int) (most + reach));
  }
}
