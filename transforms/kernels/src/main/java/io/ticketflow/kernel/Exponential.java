package io.ticketflow.kernel;

/**
 * e^x and ln x in double, made of {@code fma} alone, so that every machine gives the same bits.
 * Rounded to float both are within one unit in the last place of the exact value.
 */
final class Exponential {
  private static final double LOG2_E = 1.4426950408889634;
  private static final double LN2_HIGH = 0.6931471803691238;
  private static final double LN2_LOW = 1.9082149292705877e-10;

  private Exponential() {}

  /** e^x; 0 below −745 and ∞ above 709.7. */
  static double exp(double x) {
    if (!(x > -745)) {
      return Double.isNaN(x) ? x : 0;
    }
    if (x > 709.7) {
      return Double.POSITIVE_INFINITY;
    }
    double n = Math.rint(x * LOG2_E);
    double r = Math.fma(-n, LN2_LOW, Math.fma(-n, LN2_HIGH, x));
    // Taylor's series to r^13 / 13!, with |r| at most ln(2) / 2
    double sum = 1.0 / 6227020800.0;
    sum = Math.fma(sum, r, 1.0 / 479001600.0);
    sum = Math.fma(sum, r, 1.0 / 39916800.0);
    sum = Math.fma(sum, r, 1.0 / 3628800.0);
    sum = Math.fma(sum, r, 1.0 / 362880.0);
    sum = Math.fma(sum, r, 1.0 / 40320.0);
    sum = Math.fma(sum, r, 1.0 / 5040.0);
    sum = Math.fma(sum, r, 1.0 / 720.0);
    sum = Math.fma(sum, r, 1.0 / 120.0);
    sum = Math.fma(sum, r, 1.0 / 24.0);
    sum = Math.fma(sum, r, 1.0 / 6.0);
    sum = Math.fma(sum, r, 0.5);
    sum = Math.fma(sum, r, 1);
    sum = Math.fma(sum, r, 1);
    int half = (int) n / 2;
    return sum * power(half) * power((int) n - half);
  }

  private static double power(int exponent) {
    return Double.longBitsToDouble((exponent + 1023L) << 52);
  }

  /** ln x of a positive, finite, normal number. */
  static double log(double x) {
    long bits = Double.doubleToRawLongBits(x);
    int exponent = (int) (bits >>> 52) - 1023;
    double mantissa = Double.longBitsToDouble((bits & 0xFFFFFFFFFFFFFL) | (1023L << 52));
    if (mantissa > 1.4142135623730951) {
      mantissa *= 0.5;
      exponent++;
    }
    // ln m = 2 (s + s^3 / 3 + s^5 / 5 + …) with s = (m − 1) / (m + 1), at most 0.172
    double s = (mantissa - 1) / (mantissa + 1);
    double square = s * s;
    double sum = 1.0 / 21;
    for (int odd = 19; odd >= 3; odd -= 2) {
      sum = Math.fma(sum, square, 1.0 / odd);
    }
    double series = Math.fma(sum * square, s, s) * 2;
    return Math.fma(exponent, LN2_HIGH, Math.fma(exponent, LN2_LOW, series));
  }
}
