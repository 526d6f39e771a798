package io.ticketflow.math;

import java.util.Locale;

/** Points of the line through two float arrays. */
public final class Interpolation {
  private Interpolation() {}

  /**
   * α·a + (1 − α)·b, entry by entry, in double and rounded to float once. α = 1 gives a and α = 0
   * gives b, bit for bit; an entry that is not finite stays so.
   *
   * @param alpha the share of a; finite, and it may lie outside [0, 1]
   * @param a not changed
   * @param b of the same length; not changed
   */
  public static float[] of(double alpha, float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "there is no line through arrays of " + a.length + " and of " + b.length + " entries");
    }
    if (!Double.isFinite(alpha)) {
      throw new IllegalArgumentException("the share must be finite, got " + alpha);
    }
    // Else 0·b would turn -0 into +0, and an infinity of the other end into NaN.
    if (alpha == 1 || alpha == 0) {
      return alpha == 1 ? a.clone() : b.clone();
    }
    double rest = 1 - alpha;
    float[] point = new float[a.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = (float) (alpha * a[i] + rest * b[i]);
    }
    return point;
  }

  /**
   * Likewise of float arrays that are held in double because many of their line's points are asked
   * for: 0 &lt; α &lt; 1.
   */
  public static float[] between(double alpha, double[] a, double[] b) {
    if (a.length != b.length || !(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "arrays of %d and %d entries have no point %s between them",
              a.length,
              b.length,
              alpha));
    }
    double rest = 1 - alpha;
    float[] point = new float[a.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = (float) (alpha * a[i] + rest * b[i]);
    }
    return point;
  }
}
