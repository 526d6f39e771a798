package io.ticketflow.learn.pool;

import io.ticketflow.math.ExponentialMean;
import io.ticketflow.math.Mean;
import io.ticketflow.math.RunningMean;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.TensorSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Averages of a solution and all before it, in the order in which they were found, pruned back to
 * its density once and recalibrated, whether or not that is better. (What Yin et al. compare
 * Lottery Pools with is {@link NeighbourAverages}.) One solution and two doubles' worth of a
 * network are in the heap at a time.
 */
public final class EarlierAverages {
  private final Validator validator;

  /** Averages that are judged by that validator. */
  public EarlierAverages(Validator validator) {
    this.validator = validator;
  }

  /**
   * The mean of θ_0 … θ_t, in the bits of {@link io.ticketflow.math.ExactMean}. That of the first
   * solution is that solution.
   *
   * @param solution the network of an index, read when it is its turn; all have the same tensors
   * @param index t
   * @param target the network of that index and its masks
   */
  public Pooled mean(IntFunction<TensorSet> solution, int index, SparseNetwork target) {
    return average(RunningMean::new, solution, index, target);
  }

  /**
   * Exponential moving average: e_t of e_0 = θ_0, e_i = decay · e_{i−1} + (1 − decay) · θ_i.
   *
   * @param decay above 0 and below 1
   * @param index t, at least 1: the first solution has no earlier ticket
   */
  public Pooled exponential(
      double decay, IntFunction<TensorSet> solution, int index, SparseNetwork target) {
    if (index == 0) {
      throw new IllegalArgumentException("the first solution has no earlier ticket to average");
    }
    return average(() -> new ExponentialMean(decay), solution, index, target);
  }

  private Pooled average(
      Supplier<Mean> each, IntFunction<TensorSet> solution, int index, SparseNetwork target) {
    NetworkMean mean = new NetworkMean(each);
    for (int i = 0; i <= index; i++) {
      mean.add(i == index ? target.weights() : solution.apply(i));
    }
    double first = validator.validate(target.weights()).accuracy();
    SparseNetwork pruned = target.pruneAlike(mean.mean(target.weights()));
    Validator.Validated validated = validator.validate(pruned.weights());
    return new Pooled(
        pruned.withWeights(validated.network()), first, validated.accuracy(), List.of());
  }
}
