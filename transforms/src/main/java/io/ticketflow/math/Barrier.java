package io.ticketflow.math;

import java.util.List;

/**
 * How much worse the line between two networks is than its ends (Frankle, Dziugaite, Roy, Carbin,
 * "Linear mode connectivity and the lottery ticket hypothesis", ICML 2020).
 *
 * @param overMax the highest value less the higher of the ends: at least 0
 * @param overMean the highest value less the mean of the ends: their "instability"
 * @param peak place of the highest value, the first of equals
 */
public record Barrier(double overMax, double overMean, int peak) {
  /**
   * The barrier of values along a line.
   *
   * @param values losses or errors, ends included; a value that is not a number is the highest
   * @throws IllegalArgumentException if there are fewer than two
   */
  public static Barrier of(List<Double> values) {
    if (values.size() < 2) {
      throw new IllegalArgumentException("a line has two ends, got " + values.size() + " values");
    }
    int peak = 0;
    for (int i = 1; i < values.size(); i++) {
      // in Double's order NaN is above all numbers
      peak = Double.compare(values.get(i), values.get(peak)) > 0 ? i : peak;
    }
    double first = values.get(0);
    double last = values.get(values.size() - 1);
    double highest = values.get(peak);
    return new Barrier(highest - Math.max(first, last), highest - (first + last) / 2, peak);
  }
}
