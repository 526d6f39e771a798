package io.ticketflow.spec;

/**
 * Controls: a run that trains the tickets of another method of its experiment, with the same seed
 * and the same point of the axes, and prunes nothing itself.
 *
 * @param from label of that method; empty = the run finds its tickets itself
 * @param weights what they start from
 * @param mask which mask they have
 * @param signs which signs another draw of the initialisation has
 */
public record TicketsSpec(String from, Weights weights, Mask mask, Signs signs) {
  /** What a control starts from. */
  public enum Weights {
    /** The tickets' own weights. */
    SAME,
    /** Another draw of the initialisation (Frankle and Carbin 2019). */
    REINITIALISED
  }

  /** Which mask a control has. */
  public enum Mask {
    /** The tickets' own masks. */
    SAME,
    /** In every layer as many entries, at random places (Frankle et al. 2021). */
    SHUFFLED
  }

  /** Which signs new weights have. */
  public enum Signs {
    /** Those that were drawn. */
    DRAWN,
    /** Those of the trained network that the ticket's mask was made of (Zhou et al. 2019). */
    KEPT
  }

  /** Whether the run trains another one's tickets. */
  public boolean isControl() {
    return !from.isEmpty();
  }

  void idle(IdleKeys keys) {
    keys.none(!isControl(), "tickets.weights", "tickets.from is empty")
        .none(!isControl(), "tickets.mask", "tickets.from is empty")
        .none(!isControl(), "tickets.signs", "tickets.from is empty")
        .none(
            weights == Weights.SAME,
            "tickets.signs",
            "tickets.weights is same: there are no new weights");
  }
}
