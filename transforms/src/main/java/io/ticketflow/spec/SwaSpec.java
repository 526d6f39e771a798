package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

/**
 * Stochastic weight averaging inside a particle: the mean of the weights after each of its last
 * epochs (Izmailov et al. 2018; SWAMP, Choi et al. 2024).
 *
 * @param fraction of the particle's own epochs that are averaged, one sample an epoch; 0 = no
 *     averaging
 * @param learningRate constant over those epochs; 0 = half of the schedule's
 * @param anneal how the rate of the epochs before comes down to it
 * @param mayRise whether the rate may be lower before the averaging than in it
 */
public record SwaSpec(double fraction, double learningRate, Anneal anneal, boolean mayRise) {
  /** No averaging. */
  public static final SwaSpec NONE = new SwaSpec(0, 1, Anneal.NONE, false);

  /** The way from the highest rate, after warm-up, to the rate of the averaging. */
  public enum Anneal {
    COSINE,
    LINEAR,
    /** The schedule is followed until averaging begins: the rate jumps there. */
    NONE
  }

  public SwaSpec {
    check(fraction >= 0 && fraction <= 1, "training.swa.fraction", "in [0, 1]", fraction);
    check(
        learningRate >= 0 && learningRate <= 100,
        "training.swa.learningRate",
        "from 0 to 100",
        learningRate);
  }

  /**
   * The epoch by which a training that ends after {@code end}, averaging its last epochs, has come
   * down to the rate of the averaging; 0 = its own schedule says all rates.
   */
  int annealedBy(int end, int averaged) {
    return averaged == 0 || anneal == Anneal.NONE ? 0 : end - averaged;
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
        .none(averaged == 0, "training.swa.learningRate", "no training averages weights")
        .none(averaged == 0, "training.swa.anneal", "no training averages weights")
        .none(averaged == 0, "training.swa.mayRise", "no training averages weights");
  }
}
