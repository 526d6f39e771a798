package io.ticketflow.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How many epochs each training of a run has. */
final class TrainingLengths {
  private final int firstCycle;

  /** {@code usual.get(c)[p]}: of particle p in the c-th cycle, without a budget. */
  private final List<int[]> usual = new ArrayList<>();

  private final List<int[]> lengths;

  /**
   * The lengths of that run.
   *
   * @throws UserException if one would be 0
   */
  TrainingLengths(RunSpec run) {
    Regime regime = run.regime();
    firstCycle = regime.firstCycle();
    for (int cycle = firstCycle; cycle <= regime.lastCycle(); cycle++) {
      int at = cycle;
      usual.add(
          IntStream.range(0, run.particlesIn(cycle))
              .map(particle -> regime.epochs(at, particle))
              .toArray());
    }
    lengths = run.budgetEpochs() == 0 ? usual : BudgetShares.of(run, usual);
  }

  /**
   * One training's.
   *
   * @param usual what it would be without a budget
   */
  record Length(int epochs, int usual) {
    boolean isUsual() {
      return epochs == usual;
    }

    /** Epochs of the run's whole schedule, stretched as this training is; not less than its own. */
    int ofWhole(RunSpec run) {
      return (int) Math.max(epochs, Math.round((double) run.training().epochs() * epochs / usual));
    }
  }

  Length of(int cycle, int particle) {
    int at = cycle - firstCycle;
    return new Length(lengths.get(at)[particle], usual.get(at)[particle]);
  }

  /** Of all trainings together, without the one to the matching ticket. */
  long sum() {
    return lengths.stream().flatMapToInt(IntStream::of).asLongStream().sum();
  }
}
