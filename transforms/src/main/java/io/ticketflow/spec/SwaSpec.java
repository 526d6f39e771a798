package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

/**
 * Stochastic weight averaging inside a particle: the mean of the weights after each of its last
 * epochs (Izmailov et al. 2018; SWAMP, Choi et al. 2024).
 *
 * @param fraction of the particle's own epochs that are averaged, one sample an epoch; 0 = no
 *     averaging
 * @param learningRate constant over those epochs
 */
public record SwaSpec(double fraction, double learningRate) {
  /** No averaging. */
  public static final SwaSpec NONE = new SwaSpec(0, 1);

  public SwaSpec {
    check(fraction >= 0 && fraction <= 1, "training.swa.fraction", "in [0, 1]", fraction);
    check(
        learningRate > 0 && learningRate <= 100,
        "training.swa.learningRate",
        "above 0 and at most 100",
        learningRate);
  }

  /**
   * How many of the last epochs of a training of so many are averaged; at least 1 if fraction > 0.
   */
  public int epochsOf(int epochs) {
    return fraction == 0 ? 0 : (int) Math.max(1, Math.round(fraction * epochs));
  }

  /**
   * @param averaged the most epochs that a training averages
   */
  void idle(IdleKeys keys, int averaged) {
    keys.partly(
            fraction > 0 && averaged == 1,
            "training.swa.fraction",
            "comes to one epoch, and the weights of one epoch are no average")
        .none(averaged == 0, "training.swa.learningRate", "no training averages weights");
  }
}
