package io.ticketflow.spec;

/**
 * A run of any regime that goes on with {@link PerturbedSpec members} under its last mask: a cycle
 * each, of one training. A cycle's network is the mean of the members so far.
 *
 * @param before the regime of the cycles before them
 */
record Perturbed(RunSpec run, Regime before) implements Regime {
  @Override
  public int firstCycle() {
    return before.firstCycle();
  }

  @Override
  public int lastCycle() {
    return before.lastCycle() + run.perturbed().members();
  }

  @Override
  public boolean isMember(int cycle) {
    return cycle > before.lastCycle();
  }

  @Override
  public long keptIn(int cycle, long total) {
    return before.keptIn(Math.min(cycle, before.lastCycle()), total);
  }

  @Override
  public MaskStep mask(int cycle) {
    return isMember(cycle)
        ? new MaskStep(MaskStep.Kind.SAME, PruningSpec.Criterion.MAGNITUDE)
        : before.mask(cycle);
  }

  @Override
  public boolean takesMasks() {
    return before.takesMasks();
  }

  @Override
  public boolean rewinds() {
    return before.rewinds();
  }

  @Override
  public boolean retrains(int cycle) {
    return !isMember(cycle) && before.retrains(cycle);
  }

  /** What the members come to is the result at the last density. */
  @Override
  public boolean delivers(int cycle) {
    return cycle == lastCycle() || (cycle < before.lastCycle() && before.delivers(cycle));
  }

  @Override
  public boolean changesMasksInTraining() {
    return before.changesMasksInTraining();
  }

  @Override
  public boolean resumes(int cycle) {
    return before.resumes(cycle);
  }

  @Override
  public boolean keepsStep() {
    return before.keepsStep();
  }

  @Override
  public int epochs(int cycle, int particle) {
    return isMember(cycle)
        ? run.perturbed().epochs(run.training())
        : before.epochs(cycle, particle);
  }

  @Override
  public ParticleTraining training(TrainingLengths lengths, int cycle, int particle) {
    return isMember(cycle)
        ? run.perturbed().training(run.training(), lengths.of(cycle, particle).epochs())
        : before.training(lengths, cycle, particle);
  }
}
