package io.ticketflow.pipelines.statistics;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Whether a mean difference is small: two one-sided t tests (Schuirmann, J. Pharmacokinetics and
 * Biopharmaceutics 15, 1987). The difference is shown to lie within ±margin, with an error of at
 * most alpha, where its 1 − 2·alpha interval lies within; and beyond it where the interval lies
 * outside. Else nothing is shown.
 *
 * @param difference the mean, in any unit
 * @param error its standard error, in the same unit, 0 or more
 * @param freedom degrees of freedom of that error, above 0
 * @param margin in the same unit, above 0
 * @param alpha below 0.5
 */
public record Equivalence(
    double difference, double error, double freedom, double margin, double alpha) {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final int STEPS = 2000;

  /** What was shown. */
  public enum Finding {
    SAME,
    DIFFERENT,
    CANNOT_TELL
  }

  /**
   * Of differences within pairs.
   *
   * @param differences at least two
   */
  public static Equivalence paired(double[] differences, double margin, double alpha) {
    return new Equivalence(
        mean(differences),
        Math.sqrt(variance(differences) / differences.length),
        differences.length - 1,
        margin,
        alpha);
  }

  /**
   * Of two samples that have nothing to do with each other and may have different spreads (Welch,
   * Biometrika 34, 1947).
   *
   * @param here at least two
   * @param there at least two
   */
  public static Equivalence unpaired(double[] here, double[] there, double margin, double alpha) {
    double a = variance(here) / here.length;
    double b = variance(there) / there.length;
    double freedom =
        a + b == 0
            ? here.length + there.length - 2
            : (a + b) * (a + b) / (a * a / (here.length - 1) + b * b / (there.length - 1));
    return new Equivalence(mean(here) - mean(there), Math.sqrt(a + b), freedom, margin, alpha);
  }

  /** The lower end of the difference's 1 − 2·alpha interval. */
  public double low() {
    return difference - quantile() * error;
  }

  /** The upper end. */
  public double high() {
    return difference + quantile() * error;
  }

  /** What the interval says. */
  public Finding finding() {
    if (low() > -margin && high() < margin) {
      return Finding.SAME;
    }
    return low() > margin || high() < -margin ? Finding.DIFFERENT : Finding.CANNOT_TELL;
  }

  /**
   * The chance that a comparison with this error shows the two to be the same, if their true
   * difference is {@code truth}. The integral over the error's own spread, by the midpoint rule;
   * right to five digits.
   */
  public double power(double truth) {
    if (error == 0) {
      return Math.abs(truth) < margin ? 1 : 0;
    }
    ChiSquaredDistribution squares = ChiSquaredDistribution.of(freedom);
    double quantile = quantile();
    // The estimated error is r times the true one; beyond this r no interval fits in.
    double end = Math.min(margin / (error * quantile), spread(squares));
    double step = end / STEPS;
    double sum = 0;
    for (int i = 0; i < STEPS; i++) {
      double r = (i + 0.5) * step;
      double inside =
          NORMAL.cumulativeProbability((margin - truth) / error - quantile * r)
              - NORMAL.cumulativeProbability((-margin - truth) / error + quantile * r);
      sum += inside * squares.density(freedom * r * r) * 2 * freedom * r;
    }
    return Math.min(1, sum * step);
  }

  /** Beyond this the estimated error is next to impossible. */
  private double spread(ChiSquaredDistribution squares) {
    return Math.sqrt(squares.inverseSurvivalProbability(1e-12) / freedom);
  }

  private double quantile() {
    return TDistribution.of(freedom).inverseSurvivalProbability(alpha);
  }

  /** The mean of at least one value. */
  public static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Sample variance (n − 1); exactly 0 of equal values. */
  static double variance(double[] values) {
    double moved = 0;
    for (double value : values) {
      moved += value - values[0];
    }
    double mean = values[0] + moved / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return squares / (values.length - 1);
  }
}
