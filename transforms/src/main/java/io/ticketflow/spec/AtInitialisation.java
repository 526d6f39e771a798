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
  public MaskStep mask(int cycle) {
    return new MaskStep(MaskStep.Kind.START, run.pruning().criterion());
  }
}
