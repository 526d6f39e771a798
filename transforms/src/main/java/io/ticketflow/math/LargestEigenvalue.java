package io.ticketflow.math;

import java.util.function.UnaryOperator;

/**
 * The eigenvalue of largest magnitude of a symmetric matrix, by power iteration.
 *
 * @param value Rayleigh's quotient of the last vector: off by at most residual, and about by its
 *     square over the gap to the next eigenvalue
 * @param residual ‖Hv − value·v‖ of that unit vector: some eigenvalue lies within it
 * @param iterations products that were taken
 */
public record LargestEigenvalue(double value, double residual, int iterations) {
  /** The quotient has settled when it changes by less than this share of itself. */
  private static final double SETTLED = 1e-5;

  /**
   * Finds it.
   *
   * @param product H times a vector, which it leaves as it is; its result is an array of its own
   * @param kept which entries of the first vector are not 0, as long as this; H must leave the
   *     others 0
   * @param draws of the first vector
   * @param most products, at least 1
   */
  public static LargestEigenvalue of(
      UnaryOperator<double[]> product, boolean[] kept, KeyedRandom draws, int most) {
    double[] vector = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        vector[i] = draws.nextGaussian();
      }
    }
    scale(vector);
    double before = Double.NaN;
    for (int iteration = 1; ; iteration++) {
      double[] image = product.apply(vector);
      double value = 0;
      for (int i = 0; i < kept.length; i++) {
        value += vector[i] * image[i];
      }
      double squares = 0;
      for (int i = 0; i < kept.length; i++) {
        double rest = image[i] - value * vector[i];
        squares += rest * rest;
      }
      boolean settled = Math.abs(value - before) <= SETTLED * Math.abs(value);
      if (settled || iteration == most || !(scale(image) > 0)) {
        return new LargestEigenvalue(value, Math.sqrt(squares), iteration);
      }
      vector = image;
      before = value;
    }
  }

  /** Makes a vector one of length 1, and tells the length that it had. */
  private static double scale(double[] vector) {
    double squares = 0;
    for (double each : vector) {
      squares += each * each;
    }
    double length = Math.sqrt(squares);
    for (int i = 0; length > 0 && i < vector.length; i++) {
      vector[i] /= length;
    }
    return length;
  }
}
