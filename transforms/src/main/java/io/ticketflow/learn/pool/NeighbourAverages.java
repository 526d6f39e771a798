package io.ticketflow.learn.pool;

import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.TensorSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/**
 * The averages over a run's solutions that Lottery Pools are compared with, as their authors' code
 * has them (Yin et al., AAAI 2023): it starts as the target θ_t, and every other solution, sparser
 * ones too, is mixed in by adjacency, θ_{t−1}, θ_{t+1}, θ_{t−2}, …, as prune(a·average + (1 −
 * a)·θ), back to the target's density after each. The end is recalibrated, whether or not it is
 * better.
 *
 * <p>In the heap at a time: the target, the average and one solution.
 */
public final class NeighbourAverages {
  /** SWA: step k, from 1, leaves the average k / (k + 1), so that all weigh the same. */
  public static final IntToDoubleFunction MEAN = step -> step / (step + 1.0);

  private final Validator validator;
  private final IntToDoubleFunction share;

  /**
   * An average.
   *
   * @param share a: what the average so far keeps in step 1, 2, …; for EMA the authors take 0.05
   *     throughout, which leaves 0.95 to the new one
   */
  public NeighbourAverages(Validator validator, IntToDoubleFunction share) {
    this.validator = validator;
    this.share = share;
  }

  /**
   * The averaged target.
   *
   * @param solution the network of an index, read when it is its turn; all have the same tensors
   * @param count how many solutions there are
   * @param index t
   * @param target the network of that index and its masks
   */
  public Pooled average(
      IntFunction<TensorSet> solution, int count, int index, SparseNetwork target) {
    double first = validator.validate(target.weights()).accuracy();
    SparseNetwork average = target;
    int step = 0;
    for (int neighbour : LotteryPool.order(count, index)) {
      double kept = share.applyAsDouble(++step);
      TensorSet other = solution.apply(neighbour);
      average = new Mixtures(target, average.weights(), other).at(kept);
    }
    Validator.Validated validated = validator.validate(average.weights());
    return new Pooled(
        average.withWeights(validated.network()), first, validated.accuracy(), List.of());
  }
}
