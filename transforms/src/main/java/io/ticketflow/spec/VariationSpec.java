package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

import java.util.List;

/**
 * What the copies of a retraining differ in beside their batch order (Sparse Model Soups, section
 * 3): particle i has the i-th value, from the first again where a list is shorter. An empty list:
 * all alike.
 *
 * @param weightDecays in place of the optimiser's
 * @param lengths epochs, in place of nextCycle.epochs
 * @param learningRates in place of the retraining's highest
 */
public record VariationSpec(
    List<Double> weightDecays, List<Integer> lengths, List<Double> learningRates) {
  public VariationSpec {
    weightDecays = List.copyOf(weightDecays);
    lengths = List.copyOf(lengths);
    learningRates = List.copyOf(learningRates);
    String at = "variation.";
    weightDecays.forEach(d -> check(d >= 0 && d < 1, at + "weightDecays", "in [0, 1)", d));
    lengths.forEach(e -> check(e >= 1 && e <= 100_000, at + "lengths", "from 1 to 100000", e));
    learningRates.forEach(
        rate -> check(rate > 0 && rate <= 100, at + "learningRates", "above 0, at most 100", rate));
  }

  /** Whether all copies are alike. */
  public boolean isNone() {
    return weightDecays.isEmpty() && lengths.isEmpty() && learningRates.isEmpty();
  }

  /** The value that a particle has of a list, or the one that all have. */
  static <T> T of(List<T> values, int particle, T otherwise) {
    return values.isEmpty() ? otherwise : values.get(particle % values.size());
  }

  /**
   * @param retrains whether there is a retraining
   * @param copies the most that one has
   */
  void idle(IdleKeys keys, boolean retrains, int copies) {
    of(keys, "weightDecays", weightDecays, retrains, copies);
    of(keys, "lengths", lengths, retrains, copies);
    of(keys, "learningRates", learningRates, retrains, copies);
  }

  private static void of(IdleKeys keys, String name, List<?> values, boolean retrains, int copies) {
    keys.none(!retrains, "variation." + name, "nothing is retrained")
        .partly(
            values.size() > copies,
            "variation." + name,
            "has more values than there are copies (" + copies + "); the others have no effect");
  }
}
