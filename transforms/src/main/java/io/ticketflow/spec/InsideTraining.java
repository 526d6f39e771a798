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
  public MaskStep mask(int cycle) {
    boolean regrows = run.training().sparsifier().regrows();
    return new MaskStep(regrows ? MaskStep.Kind.START : MaskStep.Kind.FULL, Criterion.RANDOM);
  }

  @Override
  public boolean changesMasksInTraining() {
    return true;
  }
}
