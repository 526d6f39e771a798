package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

/**
 * Particles in rounds: a cycle stops adding them once they no longer help. {@code particles} is the
 * most that it may have.
 *
 * @param perRound particles a round; 0 = all at once
 * @param minGain a further round must have lowered the validation loss of the mean by more than
 *     this, in nats, for yet another one
 */
public record AdaptiveSpec(int perRound, double minGain) {
  public AdaptiveSpec {
    check(perRound >= 0 && perRound <= 1024, "adaptive.perRound", "from 0 to 1024", perRound);
    check(minGain >= 0, "adaptive.minGain", "at least 0", minGain);
  }

  /**
   * Whether a round helped enough for another one.
   *
   * @param before validation loss of the mean without it
   * @param after validation loss of the mean with it
   */
  public boolean helped(double before, double after) {
    return before - after > minGain;
  }

  /** Rounds that so many particles take. */
  public int roundsOf(int particles) {
    return perRound == 0 ? 1 : (particles + perRound - 1) / perRound;
  }

  /**
   * @param particles the most that a cycle has
   */
  void idle(IdleKeys keys, int particles) {
    keys.none(
            perRound > 0 && roundsOf(particles) == 1,
            "adaptive.perRound",
            "one round has all particles (" + particles + ")")
        .none(roundsOf(particles) < 3, "adaptive.minGain", "there is no third round to ask for");
  }
}
