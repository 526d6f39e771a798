package io.ticketflow.pipelines.report;

import java.util.Collection;
import java.util.Optional;

/**
 * Mean and spread over seeds.
 *
 * @param count how many values
 * @param std sample standard deviation (n − 1); none of fewer than two values
 */
record Spread(int count, double mean, Optional<Double> std, double min, double max) {
  /** Of the finite values; none if there is none. */
  static Optional<Spread> of(Collection<Double> values) {
    double[] finite =
        values.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray();
    if (finite.length == 0) {
      return Optional.empty();
    }
    double base = finite[0]; // so that the mean of equal values is that value, exactly
    double sum = 0;
    double min = finite[0];
    double max = finite[0];
    for (double value : finite) {
      sum += value - base;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    double mean = base + sum / finite.length;
    double squares = 0;
    for (double value : finite) {
      squares += (value - mean) * (value - mean);
    }
    Optional<Double> std =
        finite.length < 2
            ? Optional.empty()
            : Optional.of(Math.sqrt(squares / (finite.length - 1)));
    return Optional.of(new Spread(finite.length, mean, std, min, max));
  }
}
