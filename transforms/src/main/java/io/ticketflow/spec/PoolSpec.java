package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

import java.util.List;
import java.util.Locale;

/**
 * What is made of a run's solutions once all are there; nothing is trained.
 *
 * @param kinds what is made; empty = nothing
 * @param coefficients of Lottery Pools: the shares α that the best network so far may keep
 * @param decay of EMA and EARLIER_EMA: the share that the average so far keeps in each step
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
    /** The mean of all solutions, as Yin et al. compare with it. */
    SWA,
    /** Their exponential moving average, as Yin et al. compare with it. */
    EMA,
    /** The mean of the solutions up to the target's. */
    EARLIER_MEAN,
    /** Their exponential moving average. */
    EARLIER_EMA;

    /** In files, tables and settings: lottery, earlier-mean and so on. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In rows: pool, pool-average, pool-earlier-mean and so on. */
    public String subject() {
      return this == LOTTERY ? "pool" : "pool-" + label();
    }

    /** The kind of that label. */
    public static Kind of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether solutions after the target have a part in it. */
    public boolean takesLater() {
      return this != EARLIER_MEAN && this != EARLIER_EMA;
    }

    /** Whether the average so far keeps {@code decay} in each step. */
    public boolean decays() {
      return this == EMA || this == EARLIER_EMA;
    }
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
        && (kind != Kind.EARLIER_EMA || place > 0);
  }

  /** Whether there is anything to make. */
  public boolean isNone() {
    return kinds.isEmpty();
  }

  void idle(IdleKeys keys) {
    keys.none(
            !kinds.contains(Kind.LOTTERY), "pool.coefficients", "pool.kinds does not have lottery")
        .none(
            kinds.stream().noneMatch(Kind::decays),
            "pool.decay",
            "pool.kinds has neither ema nor earlier-ema")
        .none(isNone(), "pool.targets", "pool.kinds is empty");
  }
}
