package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is pruned, by what, and how much.
 *
 * @param criterion what ranks the weights
 * @param when whether trained networks are ranked, or the initialisation: then every cycle's mask
 *     is made of the matching ticket directly, and there is no dense cycle 0
 * @param scope over what they are ranked, or how densities spread over the layers
 * @param shape how densities go down from cycle to cycle
 * @param initial criterion of CYCLIC's mask at initialisation
 * @param initialDensity density of that mask
 * @param rate fraction of the remaining weights that goes per cycle, in (0, 1)
 * @param cycles C: the last cycle; cycle 0 is dense
 * @param oneShot whether one cycle takes away what {@code cycles} cycles would
 * @param densities densities of cycles 1, 2, … in place of rate and cycles; empty = by rate
 * @param exclude names or glob patterns of prunable tensors that are kept whole
 * @param saliency of criteria that look at gradients
 * @param voting whose weights decide, where particles were merged
 */
public record PruningSpec(
    Criterion criterion,
    When when,
    Scope scope,
    Shape shape,
    Criterion initial,
    double initialDensity,
    double rate,
    int cycles,
    boolean oneShot,
    List<Double> densities,
    List<String> exclude,
    SaliencySpec saliency,
    Voting voting) {
  /** The keys of {@code pruning.saliency} that say which images are looked at. */
  private static final String IMAGES = "batchSize batches";

  /** What ranks the weights. */
  public enum Criterion {
    /** Absolute value of the weight after training. */
    MAGNITUDE,
    /** A random order. */
    RANDOM,
    /** |g·w|, g the gradient of the loss (Lee, Ajanthan, Torr, ICLR 2019). */
    SNIP(IMAGES),
    /** w·(Hg): the lowest go (Wang, Zhang, Grosse, ICLR 2020). */
    GRASP(IMAGES, "temperature"),
    /** |w·∂R/∂w| without data, in rounds (Tanaka, Kunin, Yamins, Ganguli, NeurIPS 2020). */
    SYNFLOW("rounds");

    @SuppressWarnings("ImmutableEnumChecker") // the set is
    private final Set<String> keys;

    Criterion(String... keys) {
      this.keys =
          Arrays.stream(keys)
              .flatMap(key -> Arrays.stream(key.split(" ")))
              .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether that key of {@code pruning.saliency} says how it works. */
    public boolean uses(String key) {
      return keys.contains(key);
    }

    /** Whether gradients over training images are looked at. */
    public boolean readsImages() {
      return uses("batchSize");
    }

    /** Whether the curvature of the loss is looked at; one image tells nothing about it. */
    public boolean readsCurvature() {
      return uses("temperature");
    }
  }

  /** What is ranked. */
  public enum When {
    AFTER_TRAINING,
    AT_INITIALISATION
  }

  /** How densities go down. */
  public enum Shape {
    /** By the same fraction every cycle, or as {@code densities} says. */
    GEOMETRIC,
    /**
     * A mask at initialisation, of {@code initialDensity}, kept until the last cycle prunes it
     * once: cyclic sparse training (arXiv 2406.02773).
     */
    CYCLIC
  }

  /** Over what weights are ranked. */
  public enum Scope {
    /** One threshold over all prunable weights. */
    GLOBAL,
    /** The same density in every layer. */
    UNIFORM,
    /**
     * The same density in every layer but the first, which stays whole if it is a convolution, as
     * RigL's authors have it.
     */
    UNIFORM_DENSE_FIRST,
    /** Erdős–Rényi: density of a layer ∝ sum of its inputs and outputs over their product. */
    ER,
    /** Erdős–Rényi kernel: density of a layer ∝ sum of its dimensions over their product. */
    ERK
  }

  public PruningSpec {
    densities = List.copyOf(densities);
    exclude = List.copyOf(exclude);
    check(
        initialDensity > 0 && initialDensity <= 1,
        "pruning.initialDensity",
        "above 0 and at most 1",
        initialDensity);
    check(rate > 0 && rate < 1, "pruning.rate", "above 0 and below 1", rate);
    check(cycles >= 0 && cycles <= 1000, "pruning.cycles", "from 0 to 1000", cycles);
    double previous = 1;
    for (double density : densities) {
      check(
          density > 0 && density <= previous,
          "pruning.densities",
          "above 0, at most 1 and not ascending",
          densities);
      previous = density;
    }
  }

  /** The same with other tensors kept whole. */
  PruningSpec withExclude(List<String> others) {
    return new PruningSpec(
        criterion,
        when,
        scope,
        shape,
        initial,
        initialDensity,
        rate,
        cycles,
        oneShot,
        densities,
        others,
        saliency,
        voting);
  }

  /** The last cycle's number: cycles 0 … lastCycle are trained. */
  public int lastCycle() {
    if (!densities.isEmpty()) {
      return oneShot ? 1 : densities.size();
    }
    return oneShot ? Math.min(1, cycles) : cycles;
  }

  /**
   * Entries kept in a cycle, exactly: rate and densities count as the decimal numbers that they are
   * written as, not as their nearest binary fractions.
   *
   * @param total prunable entries
   * @param cycle 0 … lastCycle
   * @return round(total · (1 − rate)^cycle), or round(total · density) for a given density, halves
   *     up; for CYCLIC round(total · initialDensity) until the last
   */
  public long keptAfter(int cycle, long total) {
    boolean waits = shape == Shape.CYCLIC && cycle < lastCycle();
    return (waits ? BigDecimal.valueOf(initialDensity) : densityOf(cycle))
        .multiply(BigDecimal.valueOf(total))
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  /**
   * Likewise, where cycle 0 begins with a mask from elsewhere: round(start · (1 − rate)^cycle), or
   * round(total · density) for a given density.
   *
   * @param start entries that the mask of cycle 0 keeps
   */
  long keptAfter(int cycle, long total, long start) {
    return cycle == 0 || densities.isEmpty() ? keptAfter(cycle, start) : keptAfter(cycle, total);
  }

  private BigDecimal densityOf(int cycle) {
    if (cycle == 0) {
      return BigDecimal.ONE;
    }
    return densities.isEmpty()
        ? BigDecimal.ONE.subtract(BigDecimal.valueOf(rate)).pow(oneShot ? cycles : cycle)
        : BigDecimal.valueOf(densities.get(oneShot ? densities.size() - 1 : cycle - 1));
  }

  /**
   * @param own whether the run makes its masks itself and prunes at all
   * @param why if it does not
   * @param last whether only the last cycle's density counts
   */
  void idle(IdleKeys keys, boolean own, String why, boolean last) {
    boolean listed = !densities.isEmpty();
    int steps = listed ? densities.size() : cycles;
    keys.none(!own, "pruning.criterion", why)
        .none(!own, "pruning.scope", why)
        .none(!own, "pruning.rate", why)
        .none(!own && cycles > 0, "pruning.cycles", why)
        .none(!own, "pruning.oneShot", why)
        .none(!own, "pruning.densities", why)
        .none(!own, "pruning.exclude", why)
        .none(shape != Shape.CYCLIC, "pruning.initial", "pruning.shape is not cyclic")
        .none(shape != Shape.CYCLIC, "pruning.initialDensity", "pruning.shape is not cyclic")
        .none(listed, "pruning.rate", "pruning.densities says how much stays")
        .none(listed, "pruning.cycles", "pruning.densities says how many cycles there are")
        .none(last, "pruning.oneShot", "one training has the last cycle's density at its end")
        .none(steps < 2, "pruning.oneShot", "there is one pruning without it too");
  }
}
