package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

/**
 * Copies of a network in training that are trained a few steps ahead, each in its own way, to see
 * which weights they would keep; then they are thrown away.
 *
 * @param copies how many there are; 0 = none
 * @param minSteps of a copy, at least; it draws how many
 * @param maxSteps of a copy, at most
 * @param spread a copy's rate and weight decay are the training's of that moment, each times a
 *     factor of its own from 1 / spread to spread, drawn evenly in its logarithm
 */
public record LookAheadSpec(int copies, int minSteps, int maxSteps, double spread) {
  /** Nothing looks ahead. */
  public static final LookAheadSpec NONE = new LookAheadSpec(0, 10, 100, 2);

  public LookAheadSpec {
    String at = "training.sparsifier.lookAhead.";
    check(copies >= 0 && copies <= 1000, at + "copies", "from 0 to 1000", copies);
    check(minSteps >= 1, at + "minSteps", "at least 1", minSteps);
    check(
        maxSteps >= minSteps && maxSteps <= 100_000,
        at + "maxSteps",
        "from minSteps (" + minSteps + ") to 100000",
        maxSteps);
    check(spread >= 1 && spread <= 1000, at + "spread", "from 1 to 1000", spread);
  }

  /** Accepts a training whose weight decay a copy can multiply. */
  void require(OptimiserSpec optimiser, double most) {
    check(
        copies == 0 || optimiser.weightDecay() * spread < most,
        "training.sparsifier.lookAhead.spread",
        "below " + most / optimiser.weightDecay() + ", or a copy's weight decay were too large",
        spread);
  }

  /**
   * @param allowed whether the rule of the mask looks ahead
   */
  void idle(IdleKeys keys, boolean allowed) {
    String at = "training.sparsifier.lookAhead.";
    String because = allowed ? at + "copies is 0" : "only isp looks ahead";
    boolean idle = !allowed || copies == 0;
    keys.none(!allowed, at + "copies", because)
        .none(idle, at + "minSteps", because)
        .none(idle, at + "maxSteps", because)
        .none(idle, at + "spread", because);
  }
}
