package io.ticketflow.spec;

/**
 * A sparsifier inside training (GMP, SET, RigL, AC/DC, DPF, ISP): every cycle is a training of its
 * own that comes to the cycle's density by itself. There is no dense cycle 0.
 */
record InsideTraining(RunSpec run) implements Regime {
  @Override
  public int firstCycle() {
    return 1;
  }

  @Override
  public MaskStep mask(int cycle) {
    return MaskStep.before(run.training().sparsifier());
  }

  @Override
  public boolean changesMasksInTraining() {
    return true;
  }
}
