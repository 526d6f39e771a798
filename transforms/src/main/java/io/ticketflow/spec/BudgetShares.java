package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A budget of epochs among the trainings of a run: every one has its share in proportion to its
 * usual length; shares are rounded so that they sum to the budget exactly, but for what SAM's two
 * passes a step, or an ensemble's members, leave over.
 */
final class BudgetShares {
  private BudgetShares() {}

  /**
   * The shares, in the order of the usual lengths.
   *
   * @throws UserException if there is not an epoch for each
   */
  static List<int[]> of(RunSpec run, List<int[]> usual) {
    long rewind = run.training().rewindEpochs();
    long passes = run.budgetEpochs() / run.members();
    long epochs = passes / run.training().optimiser().passes() - rewind;
    long sum = usual.stream().flatMapToInt(IntStream::of).asLongStream().sum();
    long count = usual.stream().mapToLong(cycle -> cycle.length).sum();
    check(
        epochs >= count,
        "budget",
        "an epoch at least for each of the run's "
            + count
            + " trainings after its "
            + rewind
            + " to the matching ticket",
        run.budgetEpochs());
    List<int[]> shares = new ArrayList<>();
    long end = 0;
    long given = 0;
    for (int[] cycle : usual) {
      int[] share = new int[cycle.length];
      for (int i = 0; i < share.length; i++, count--) {
        end += cycle[i];
        // Cumulative shares are rounded. Each training to come is left an epoch.
        long due = Math.round((double) epochs * end / sum);
        share[i] = (int) (Math.min(Math.max(due, given + 1), epochs - count + 1) - given);
        given += share[i];
      }
      shares.add(share);
    }
    return run.regime().keepsStep() ? inStep(shares, epochs) : shares;
  }

  /**
   * Particles under one mask go in step until its last change; what that leaves over comes after.
   */
  private static List<int[]> inStep(List<int[]> shares, long epochs) {
    long left = epochs;
    for (int[] share : shares.subList(0, shares.size() - 1)) {
      Arrays.fill(share, Arrays.stream(share).min().orElse(1));
      left -= Arrays.stream(share).asLongStream().sum();
    }
    int[] last = shares.get(shares.size() - 1);
    for (int i = 0; i < last.length; i++) {
      last[i] = (int) ((left + last.length - 1 - i) / last.length);
    }
    return shares;
  }
}
