package io.ticketflow.math;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;

/**
 * A matrix's trace, as Hutchinson estimates it (1990): the mean of vᵀHv over random signs v.
 *
 * @param mean the estimate, without bias
 * @param standardError sample deviation of the probes (n − 1) / √n; NaN of one probe
 * @param probes how many
 */
public record TraceEstimate(double mean, double standardError, int probes) {
  private static final long ONE = Double.doubleToRawLongBits(1);

  /**
   * vᵀHv of several probes, of the rows and columns that are kept.
   *
   * @param form vᵀHv of a vector, which it leaves as it is: entries that are not kept are 0 in it
   * @param kept which entries of the vectors take part, as long as these
   * @param draws of each probe, by its number
   * @param first number of the first probe
   * @param end number after the last
   */
  public static double[] probes(
      ToDoubleFunction<double[]> form,
      boolean[] kept,
      LongFunction<KeyedRandom> draws,
      int first,
      int end) {
    double[] values = new double[end - first];
    double[] signs = new double[kept.length];
    for (int probe = first; probe < end; probe++) {
      draw(draws.apply(probe), kept, signs);
      values[probe - first] = form.applyAsDouble(signs);
    }
    return values;
  }

  /** Draws a sign for each entry, 64 of a draw. A pruned entry has one too, which nobody sees. */
  private static void draw(KeyedRandom draws, boolean[] kept, double[] signs) {
    long bits = 0;
    for (int i = 0; i < kept.length; i++) {
      bits = i % Long.SIZE == 0 ? draws.nextLong() : bits >>> 1;
      long sign = ONE | bits << (Long.SIZE - 1); // a bit that is set makes -1
      signs[i] = Double.longBitsToDouble(kept[i] ? sign : 0); // no branch: masks are random
    }
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
