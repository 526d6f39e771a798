package io.ticketflow.learn.pool;

import io.ticketflow.math.RunningMean;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TrialRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Greedy soups (Wortsman et al., ICML 2022, recipe 1; Zimmer et al., ICLR 2024): by descending
 * validation accuracy, a lower number first among equals, each candidate is added to the mean if
 * the mean's validation accuracy does not fall. BatchNorm is recalibrated for every candidate and
 * every mean.
 *
 * <p>Means are summed in doubles, the members first in the order in which they were added: only
 * where weights of one entry differ by a factor of more than 2^25 might a bit differ from {@link
 * io.ticketflow.store.ArtifactMean} of them, which sums in the order of numbers. In the heap at a
 * time: the sum, one candidate and one mean.
 */
public final class GreedySoup {
  private final Validator validator;

  /** Soups that are judged by that validator. */
  public GreedySoup(Validator validator) {
    this.validator = validator;
  }

  /**
   * Which candidates are averaged, and what was tried.
   *
   * @param members numbers, ascending
   * @param firstAccuracy on validation, of the best candidate
   * @param lastAccuracy on validation, of the soup; never below the first
   * @param trials one a candidate in the order of tries; the coefficient is the share of the soup
   *     so far in the mean that was tried: 0 of the first, k / (k + 1) beside k members
   */
  public record Recipe(
      List<Integer> members, double firstAccuracy, double lastAccuracy, List<TrialRecord> trials) {
    public Recipe {
      members = List.copyOf(members);
      trials = List.copyOf(trials);
    }
  }

  /**
   * The soup's recipe.
   *
   * @param candidate the network of a number, read whenever it is needed; all have the same tensors
   *     and masks
   * @param count how many there are, numbered from 0; at least 1
   */
  public Recipe search(IntFunction<TensorSet> candidate, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("there is no soup of no candidates");
    }
    double[] accuracies = new double[count];
    for (int i = 0; i < count; i++) {
      accuracies[i] = validator.validate(candidate.apply(i)).accuracy();
    }
    List<Integer> order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -accuracies[i])) // stable
            .toList();
    List<Integer> members = new ArrayList<>();
    Map<String, RunningMean> soup = new HashMap<>();
    List<TrialRecord> trials = new ArrayList<>();
    double best = accuracies[order.get(0)];
    for (int next : order) {
      TensorSet tried = candidate.apply(next);
      // The first is its own mean, and was judged.
      double accuracy =
          members.isEmpty() ? best : validator.validate(meanWith(soup, tried)).accuracy();
      boolean accepted = accuracy >= best;
      double share = (double) members.size() / (members.size() + 1);
      trials.add(new TrialRecord(next, share, accuracy, accepted));
      if (accepted) {
        members.add(next);
        best = accuracy;
        for (Tensor tensor : tried.tensors()) {
          soup.computeIfAbsent(tensor.name(), name -> new RunningMean()).add(tensor.values());
        }
      }
    }
    Collections.sort(members);
    return new Recipe(members, accuracies[order.get(0)], best, trials);
  }

  private static TensorSet meanWith(Map<String, RunningMean> soup, TensorSet candidate) {
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor tensor : candidate.tensors()) {
      RunningMean sum = soup.get(tensor.name());
      if (sum == null) {
        throw new IllegalArgumentException("the soup has no tensor " + tensor.name());
      }
      tensors.add(tensor.withValues(sum.meanWith(tensor.values())));
    }
    return TensorSet.of(tensors);
  }
}
