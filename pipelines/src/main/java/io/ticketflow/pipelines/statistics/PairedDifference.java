package io.ticketflow.pipelines.statistics;

import io.ticketflow.math.KeyedRandom;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean difference within pairs, with its 95 % interval and the p value of Student's paired test.
 *
 * <p>From {@value #BOOTSTRAPPED} pairs on the interval is the studentised bootstrap's (Efron and
 * Tibshirani, "An introduction to the bootstrap", 1993, chapter 12), which assumes no distribution.
 * Of fewer, resamples say next to nothing, and it is Student's, which assumes a normal one.
 *
 * @param pairs how many, at least two
 * @param mean of the differences
 * @param low lower end of the interval
 * @param high upper end
 * @param p chance of so large a mean, of either sign, if the true one is 0; 1 if all are 0
 */
public record PairedDifference(int pairs, double mean, double low, double high, double p) {
  /** Pairs from which on they are resampled. */
  public static final int BOOTSTRAPPED = 8;

  private static final int RESAMPLES = 4000;
  private static final double TAIL = 0.025;

  /**
   * Of differences.
   *
   * @param differences at least two, finite
   * @param draws of the resamples; their key should name what is compared
   */
  public static PairedDifference of(double[] differences, KeyedRandom draws) {
    int pairs = differences.length;
    double mean = Equivalence.mean(differences);
    double error = error(differences);
    if (error == 0) {
      return new PairedDifference(pairs, mean, mean, mean, mean == 0 ? 1 : 0);
    }
    TDistribution student = TDistribution.of(pairs - 1.0);
    double p = 2 * student.survivalProbability(Math.abs(mean) / error);
    if (pairs < BOOTSTRAPPED) {
      double quantile = student.inverseSurvivalProbability(TAIL);
      return new PairedDifference(pairs, mean, mean - quantile * error, mean + quantile * error, p);
    }
    double[] studentised = new double[RESAMPLES];
    double[] resample = new double[pairs];
    for (int i = 0; i < RESAMPLES; i++) {
      for (int j = 0; j < pairs; j++) {
        resample[j] = differences[draws.nextInt(pairs)];
      }
      double there = Equivalence.mean(resample);
      double spread = error(resample);
      // of equal values, which say nothing of their spread, the whole sample's
      studentised[i] = (there - mean) / (spread > 0 ? spread : error);
    }
    Arrays.sort(studentised);
    double low = mean - error * studentised[(int) Math.ceil(RESAMPLES * (1 - TAIL)) - 1];
    double high = mean - error * studentised[(int) (RESAMPLES * TAIL)];
    return new PairedDifference(pairs, mean, low, high, p);
  }

  /** The standard error of the mean. */
  private static double error(double[] values) {
    return Math.sqrt(Equivalence.variance(values) / values.length);
  }
}
