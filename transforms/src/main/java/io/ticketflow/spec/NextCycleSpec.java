package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

/**
 * What the next cycle starts from, once the mask has shrunk.
 *
 * <p>REWIND with LRW is weight rewinding, AVERAGED with LRW is learning-rate rewinding (Renda,
 * Frankle, Carbin 2020), AVERAGED with FT is fine-tuning, AVERAGED with LLR and several particles
 * are Sparse Model Soups.
 *
 * @param weights which weights the mask is laid on
 * @param schedule which learning rates they are trained with
 * @param epochs of a retraining from AVERAGED; 0 = as many as from T0 to T, or with FULL all T
 * @param times so many times that: the baseline "IMP m×"
 * @param warmup fraction of a retraining over which SLR, CLR, LLR and ALLR ascend
 * @param norm over what ALLR measures how much pruning hurt
 */
public record NextCycleSpec(
    Weights weights, RateRule schedule, int epochs, int times, double warmup, Norm norm) {
  /** The entries in ALLR's norms. */
  public enum Norm {
    /** All that is trained, as in the authors' code. */
    ALL,
    /** The weights that can be pruned. */
    PRUNABLE
  }

  /** Which weights start the next cycle. */
  public enum Weights {
    /** The matching ticket's. */
    REWIND,
    /** The merged network's of the cycle before. */
    AVERAGED
  }

  public NextCycleSpec {
    check(epochs >= 0 && epochs <= 100_000, "nextCycle.epochs", "from 0 to 100000", epochs);
    check(times >= 1 && times <= 1000, "nextCycle.times", "from 1 to 1000", times);
    check(warmup >= 0 && warmup < 1, "nextCycle.warmup", "in [0, 1)", warmup);
  }

  /** Whether rates are the schedule's own, which nothing but {@code training.schedule} changes. */
  public boolean followsSchedule() {
    return schedule == RateRule.LRW || schedule == RateRule.FULL;
  }

  /**
   * The learning rates of a retraining.
   *
   * @param peak its highest rate; 0 = the schedule's
   */
  RateSpec rates(double peak) {
    return switch (schedule) {
      case LRW, FULL -> RateSpec.SCHEDULE;
      case FT -> new RateSpec(RateRule.FT, peak, 0);
      case SLR, CLR, LLR, ALLR -> new RateSpec(schedule, peak, warmup);
    };
  }

  /**
   * @param retrains whether there is a retraining
   * @param varied whether copies have lengths of their own
   * @param whole whether the matching ticket is the initialisation
   */
  void idle(IdleKeys keys, boolean retrains, boolean varied, boolean whole) {
    String because = "nothing is retrained";
    keys.none(!retrains, "nextCycle.weights", "no cycle starts from a merged network by it")
        .none(!retrains && schedule != RateRule.FULL, "nextCycle.schedule", because)
        .none(
            !retrains && schedule == RateRule.FULL && whole,
            "nextCycle.schedule",
            "training.rewindEpochs is 0: the whole schedule is trained anyway")
        .none(!retrains, "nextCycle.epochs", because)
        .none(varied, "nextCycle.epochs", "variation.lengths says how long copies train")
        .none(!retrains, "nextCycle.times", because)
        .none(
            !retrains || schedule != RateRule.ALLR,
            "nextCycle.norm",
            "only allr asks how much pruning hurt");
  }
}
