package io.ticketflow.spec;

import static io.ticketflow.spec.UserException.check;

/**
 * Iterative pruning: cycle 0 is dense, and each cycle's solution is pruned for the next one. What
 * the next one starts from is {@link NextCycleSpec}'s: the matching ticket's weights (IMP, SWAMP),
 * or the merged network's (SMS, fine-tuning).
 *
 * <p>Cyclic sparse training is the case in which one mask, made at initialisation, is trained on
 * and on, and only the last cycle prunes.
 */
record Iterative(RunSpec run) implements Regime {
  @Override
  public int firstCycle() {
    return 0;
  }

  /** Where the first mask comes from a file, its entries are what rates are fractions of. */
  @Override
  public long keptIn(int cycle, long total) {
    return run.model().masks()
        ? run.pruning().keptAfter(cycle, total, run.model().kept())
        : Regime.super.keptIn(cycle, total);
  }

  @Override
  public boolean takesMasks() {
    return run.pruning().shape() != PruningSpec.Shape.CYCLIC;
  }

  @Override
  public MaskStep mask(int cycle) {
    PruningSpec pruning = run.pruning();
    if (cycle > 0) {
      return new MaskStep(MaskStep.Kind.SOLUTION, pruning.criterion());
    }
    if (run.model().masks()) {
      return new MaskStep(MaskStep.Kind.IMPORTED, pruning.criterion());
    }
    return pruning.shape() == PruningSpec.Shape.CYCLIC
        ? new MaskStep(MaskStep.Kind.START, pruning.initial())
        : new MaskStep(MaskStep.Kind.FULL, pruning.criterion());
  }

  @Override
  public boolean rewinds() {
    return run.nextCycle().weights() == NextCycleSpec.Weights.REWIND;
  }

  @Override
  public boolean retrains(int cycle) {
    return cycle > 0 && !rewinds();
  }

  @Override
  public int epochs(int cycle, int particle) {
    int all = Schedules.rewound(run);
    if (!retrains(cycle)) {
      return all;
    }
    NextCycleSpec next = run.nextCycle();
    int own = VariationSpec.of(run.variation().lengths(), particle, next.epochs());
    int length = Math.multiplyExact(own == 0 ? all : own, next.times());
    int most = run.training().epochs();
    check(
        next.schedule() != RateRule.LRW || length <= most,
        "nextCycle.epochs",
        "at most training.epochs (" + most + ") for lrw, which replays them",
        length);
    return length;
  }

  @Override
  public ParticleTraining training(TrainingLengths lengths, int cycle, int particle) {
    TrainingLengths.Length length = lengths.of(cycle, particle);
    return retrains(cycle)
        ? Schedules.retraining(run, particle, length)
        : Schedules.rewound(run, length);
  }
}
