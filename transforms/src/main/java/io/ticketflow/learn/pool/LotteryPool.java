package io.ticketflow.learn.pool;

import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TrialRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Lottery Pools (Yin et al., AAAI 2023, algorithm 1): a solution improved by greedy interpolation
 * with the other solutions of its run, at its own density and without training.
 *
 * <p>The best network starts as θ_t. Each other solution θ_i, those of the nearest cycles first, is
 * mixed in as prune(α·best + (1 − α)·θ_i) with every coefficient α; the α of the highest validation
 * accuracy stands, of equals the one that keeps most of the best network, and the mixture becomes
 * the best network if its accuracy is at least that of the best so far, as in the paper (the
 * authors' code asks for more). That bar starts from θ_t's <em>validation</em> accuracy. Where θ_t
 * is dense nothing is pruned: the paper's improved dense network.
 *
 * <p>In the heap at a time: the target, the best network, one candidate and two mixtures.
 */
public final class LotteryPool {
  private final Validator validator;
  private final List<Double> coefficients;

  /**
   * A search.
   *
   * @param coefficients the shares α that the best network may keep, each above 0 and below 1, at
   *     least one, in any order; {0.5} is the paper's "Average"
   */
  public LotteryPool(Validator validator, List<Double> coefficients) {
    if (coefficients.isEmpty()) {
      throw new IllegalArgumentException("a pool needs at least one coefficient");
    }
    this.validator = validator;
    // The first of equals stands: the one that keeps most of the best network.
    this.coefficients = coefficients.stream().sorted(Comparator.reverseOrder()).toList();
  }

  /**
   * The improved target; its trials' candidates are indices of solutions, their coefficients α* and
   * their accuracies those of the mixture by α*.
   *
   * @param solution the network of an index, read when it is its turn; all have the same tensors
   * @param count how many solutions there are
   * @param index of the target
   * @param target the network of that index and its masks
   */
  public Pooled improve(
      IntFunction<TensorSet> solution, int count, int index, SparseNetwork target) {
    Validator.Validated start = validator.validate(target.weights());
    Mixture best = new Mixture(target.withWeights(start.network()), 1, start.accuracy());
    List<TrialRecord> trials = new ArrayList<>();
    for (int candidate : order(count, index)) {
      Mixture mixture = best(best, solution.apply(candidate), target);
      boolean accepted = mixture.accuracy() >= best.accuracy();
      trials.add(new TrialRecord(candidate, mixture.alpha(), mixture.accuracy(), accepted));
      best = accepted ? mixture : best;
    }
    return new Pooled(best.network(), start.accuracy(), best.accuracy(), trials);
  }

  /** By adjacency: t − 1, t + 1, t − 2, t + 2, … */
  static List<Integer> order(int count, int target) {
    List<Integer> order = new ArrayList<>();
    for (int distance = 1; distance < count; distance++) {
      if (target - distance >= 0) {
        order.add(target - distance);
      }
      if (target + distance < count) {
        order.add(target + distance);
      }
    }
    return order;
  }

  private Mixture best(Mixture best, TensorSet candidate, SparseNetwork target) {
    Mixtures mixtures = new Mixtures(target, best.network().weights(), candidate);
    Mixture highest = validate(mixtures, coefficients.get(0));
    for (double alpha : coefficients.subList(1, coefficients.size())) {
      Mixture mixture = validate(mixtures, alpha);
      highest = mixture.accuracy() > highest.accuracy() ? mixture : highest;
    }
    return highest;
  }

  private Mixture validate(Mixtures mixtures, double alpha) {
    SparseNetwork pruned = mixtures.at(alpha);
    Validator.Validated validated = validator.validate(pruned.weights());
    return new Mixture(pruned.withWeights(validated.network()), alpha, validated.accuracy());
  }

  /** A recalibrated network, the share of the best that is in it, and its accuracy. */
  private record Mixture(SparseNetwork network, double alpha, double accuracy) {}
}
