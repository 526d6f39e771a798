package io.ticketflow.runners.table;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Mean and spread of accuracies over seeds. */
record Accuracies(int count, double mean, double std) {
  /** Of at least one accuracy in [0, 1]; std is the sample's (n − 1), NaN for one alone. */
  static Accuracies of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double mean = Arrays.stream(sorted).sum() / sorted.length;
    double squares = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum();
    return new Accuracies(sorted.length, mean, Math.sqrt(squares / (sorted.length - 1)));
  }

  /** In per cent, such as "97.31 ± 0.12", or "97.31" for one alone. */
  String text() {
    String middle = String.format(Locale.ROOT, "%.2f", 100 * mean);
    return count < 2 ? middle : middle + String.format(Locale.ROOT, " ± %.2f", 100 * std);
  }
}
