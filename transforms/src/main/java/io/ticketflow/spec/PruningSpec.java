package io.ticketflow.spec;

import static io.ticketflow.spec.SpecException.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What is pruned, by what, and how much.
 *
 * @param criterion what ranks the weights
 * @param scope over what they are ranked, or how densities spread over the layers
 * @param rate fraction of the remaining weights that goes per cycle, in (0, 1)
 * @param cycles C: the last cycle; cycle 0 is dense
 * @param oneShot whether one cycle takes away what {@code cycles} cycles would
 * @param densities densities of cycles 1, 2, … in place of rate and cycles; empty = by rate
 * @param exclude names or glob patterns of prunable tensors that are kept whole
 */
public record PruningSpec(
    Criterion criterion,
    Scope scope,
    double rate,
    int cycles,
    boolean oneShot,
    List<Double> densities,
    List<String> exclude) {
  /** What ranks the weights. */
  public enum Criterion {
    /** Absolute value of the weight after training. */
    MAGNITUDE,
    /** A random order. */
    RANDOM
  }

  /** Over what weights are ranked. */
  public enum Scope {
    /** One threshold over all prunable weights. */
    GLOBAL,
    /** The same density in every layer. */
    UNIFORM,
    /** Erdős–Rényi kernel: density of a layer ∝ sum of its dimensions over their product. */
    ERK
  }

  public PruningSpec {
    densities = List.copyOf(densities);
    exclude = List.copyOf(exclude);
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
   *     up
   */
  public long keptAfter(int cycle, long total) {
    if (cycle == 0) {
      return total;
    }
    BigDecimal density =
        densities.isEmpty()
            ? BigDecimal.ONE.subtract(BigDecimal.valueOf(rate)).pow(oneShot ? cycles : cycle)
            : BigDecimal.valueOf(densities.get(oneShot ? densities.size() - 1 : cycle - 1));
    return density
        .multiply(BigDecimal.valueOf(total))
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
