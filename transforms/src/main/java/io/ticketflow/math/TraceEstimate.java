package io.ticketflow.math;

import java.util.BitSet;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * A matrix's trace, as Hutchinson estimates it (1990): the mean of vᵀHv over random signs v.
 *
 * @param mean the estimate, without bias
 * @param standardError sample deviation of the probes (n − 1) / √n; NaN of one probe
 * @param probes how many
 */
public record TraceEstimate(double mean, double standardError, int probes) {
  /**
   * vᵀHv of several probes, of the rows and columns that are kept.
   *
   * @param product H times a vector; what it is given is its own, and entries that are not kept are
   *     0 in it
   * @param size of vectors
   * @param kept entries of the vectors that take part
   * @param draws of each probe, by its number
   * @param first number of the first probe
   * @param end number after the last
   */
  public static double[] probes(
      UnaryOperator<double[]> product,
      int size,
      BitSet kept,
      LongFunction<KeyedRandom> draws,
      int first,
      int end) {
    double[] values = new double[end - first];
    for (int probe = first; probe < end; probe++) {
      double[] signs = new double[size];
      KeyedRandom random = draws.apply(probe);
      for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
        signs[i] = random.nextBoolean() ? 1 : -1;
      }
      double[] image = product.apply(signs.clone());
      for (int i = 0; i < size; i++) {
        values[probe - first] += signs[i] * image[i];
      }
    }
    return values;
  }

  /**
   * The estimate of all probes.
   *
   * @param values of each, at least one, in the order of their numbers
   */
  public static TraceEstimate of(List<Double> values) {
    int probes = values.size();
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / probes;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new TraceEstimate(mean, Math.sqrt(squares / (probes - 1) / probes), probes);
  }
}
