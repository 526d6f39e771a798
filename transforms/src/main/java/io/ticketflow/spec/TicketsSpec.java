package io.ticketflow.spec;

/**
 * Controls: a run that trains the tickets of another method of its experiment, with the same seed
 * and the same point of the axes, and prunes nothing itself.
 *
 * @param from label of that method; empty = the run finds its tickets itself
 * @param weights what they start from
 * @param mask which mask they have
 */
public record TicketsSpec(String from, Weights weights, Mask mask) {
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

  /** Whether the run trains another one's tickets. */
  public boolean isControl() {
    return !from.isEmpty();
  }

  void idle(IdleKeys keys) {
    keys.none(!isControl(), "tickets.weights", "tickets.from is empty")
        .none(!isControl(), "tickets.mask", "tickets.from is empty");
  }
}
