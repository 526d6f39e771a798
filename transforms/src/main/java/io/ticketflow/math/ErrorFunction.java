package io.ticketflow.math;

/** erf, to a few units in a double's last place. */
public final class ErrorFunction {
  /** From here on erf is 1 in doubles. */
  private static final double ONE_FROM = 6;

  private ErrorFunction() {}

  /**
   * 2/√π · ∫ exp(−t²) from 0 to x, by the series 2/√π · exp(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1 · 3 · … · (2n +
   * 1)), none of whose terms cancel (Abramowitz &amp; Stegun 1964, 7.1.6).
   */
  public static double of(double x) {
    if (Double.isNaN(x) || Math.abs(x) >= ONE_FROM) {
      return Double.isNaN(x) ? x : Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > Math.ulp(sum) / 2; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(StrictMath.PI) * StrictMath.exp(-x * x) * sum;
  }
}
