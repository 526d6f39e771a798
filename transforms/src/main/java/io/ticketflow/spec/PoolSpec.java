package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

import java.util.List;

/**
 * What is made of a run's solutions once all are there; nothing is trained.
 *
 * @param kinds what is made; empty = nothing
 * @param coefficients of Lottery Pools: the shares α that the best network so far may keep
 * @param decay of EMA: the share that the mean of earlier solutions keeps
 * @param targets cycles that are improved; empty = all
 * @param joined whether the solutions of all of an input's runs of one seed are one pool
 */
public record PoolSpec(
    List<Kind> kinds,
    List<Double> coefficients,
    double decay,
    List<Integer> targets,
    boolean joined) {
  /** What can be made of solutions. */
  public enum Kind {
    /** Greedy interpolation (Yin et al., AAAI 2023). */
    LOTTERY,
    /** Likewise with the one coefficient 0.5. */
    AVERAGE,
    /** The mean of all solutions up to the target's. */
    SWA,
    /** Their exponential moving average. */
    EMA
  }

  public PoolSpec {
    kinds = List.copyOf(kinds);
    coefficients = List.copyOf(coefficients);
    targets = List.copyOf(targets);
    check(!coefficients.isEmpty(), "pool.coefficients", "at least one number", "nothing");
    coefficients.forEach(a -> check(a > 0 && a < 1, "pool.coefficients", "above 0 and below 1", a));
    check(decay > 0 && decay < 1, "pool.decay", "above 0 and below 1", decay);
    targets.forEach(t -> check(t >= 0, "pool.targets", "numbers of cycles, from 0", t));
  }

  /**
   * Whether a kind is made of a target.
   *
   * @param place of the target among the solutions, from 0: the first has no earlier ticket
   * @param cycle its number
   */
  public boolean makes(Kind kind, int place, int cycle) {
    return kinds.contains(kind)
        && (targets.isEmpty() || targets.contains(cycle))
        && (kind != Kind.EMA || place > 0);
  }

  /** Whether there is anything to make. */
  public boolean isNone() {
    return kinds.isEmpty();
  }

  void idle(IdleKeys keys) {
    keys.none(
            !kinds.contains(Kind.LOTTERY), "pool.coefficients", "pool.kinds does not have lottery")
        .none(!kinds.contains(Kind.EMA), "pool.decay", "pool.kinds does not have ema")
        .none(isNone(), "pool.targets", "pool.kinds is empty");
  }
}
