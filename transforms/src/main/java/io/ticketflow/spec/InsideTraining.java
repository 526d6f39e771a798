package io.ticketflow.spec;

import io.ticketflow.spec.PruningSpec.Criterion;

/**
 * A sparsifier inside training (GMP, SET, RigL, AC/DC, DPF): every cycle is a training of its own
 * that comes to the cycle's density by itself. There is no dense cycle 0.
 */
record InsideTraining(RunSpec run) implements Regime {
  @Override
  public int firstCycle() {
    return 1;
  }

  @Override
  public int lastCycle() {
    return run.pruning().lastCycle();
  }

  @Override
  public long keptIn(int cycle, long total) {
    return run.pruning().keptAfter(cycle, total);
  }

  @Override
  public MaskStep mask(int cycle) {
    boolean regrows = run.training().sparsifier().regrows();
    return new MaskStep(regrows ? MaskStep.Kind.START : MaskStep.Kind.FULL, Criterion.RANDOM);
  }

  @Override
  public boolean rewinds() {
    return true;
  }

  @Override
  public boolean changesMasksInTraining() {
    return true;
  }

  @Override
  public int epochs(int cycle, int particle) {
    return Schedules.rewound(run);
  }

  @Override
  public ParticleTraining training(TrainingLengths lengths, int cycle, int particle) {
    return Schedules.rewound(run, lengths.of(cycle, particle));
  }
}
