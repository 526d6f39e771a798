package io.ticketflow.spec;

/**
 * Pruning at initialisation: every cycle's mask is made of the matching ticket directly, and
 * trained by itself. There is no dense cycle 0.
 */
record AtInitialisation(RunSpec run) implements Regime {
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
    return new MaskStep(MaskStep.Kind.START, run.pruning().criterion());
  }

  @Override
  public boolean rewinds() {
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
