package io.ticketflow.spec;

import static io.ticketflow.spec.SpecException.check;

import java.util.List;

/**
 * What the copies of a retraining differ in beside their batch order (Sparse Model Soups, section
 * 3): particle i has the i-th value, from the first again where a list is shorter. An empty list:
 * all alike.
 *
 * @param weightDecay in place of the optimiser's
 * @param epochs in place of nextCycle.epochs
 * @param learningRate in place of the retraining's highest
 */
public record VariationSpec(
    List<Double> weightDecay, List<Integer> epochs, List<Double> learningRate) {
  /** Copies that differ in batch order alone. */
  public static final VariationSpec NONE = new VariationSpec(List.of(), List.of(), List.of());

  public VariationSpec {
    weightDecay = List.copyOf(weightDecay);
    epochs = List.copyOf(epochs);
    learningRate = List.copyOf(learningRate);
    String at = "variation.";
    weightDecay.forEach(d -> check(d >= 0 && d < 1, at + "weightDecay", "in [0, 1)", d));
    epochs.forEach(e -> check(e >= 1 && e <= 100_000, at + "epochs", "from 1 to 100000", e));
    learningRate.forEach(
        rate -> check(rate > 0 && rate <= 100, at + "learningRate", "above 0, at most 100", rate));
  }

  /** Whether all copies are alike. */
  public boolean isNone() {
    return weightDecay.isEmpty() && epochs.isEmpty() && learningRate.isEmpty();
  }

  /** The value that a particle has of a list, or the one that all have. */
  static <T> T of(List<T> values, int particle, T otherwise) {
    return values.isEmpty() ? otherwise : values.get(particle % values.size());
  }
}
