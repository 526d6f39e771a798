package io.ticketflow.spec;

/** The trainings of a run: how long each one is, and at which learning rates. */
public final class ParticleTrainings {
  private final RunSpec run;
  private final Regime regime;
  private final TrainingLengths lengths;

  /**
   * The trainings of that run.
   *
   * @throws UserException if one would have no epoch
   */
  public ParticleTrainings(RunSpec run) {
    this.run = run;
    this.regime = run.regime();
    this.lengths = new TrainingLengths(run);
  }

  /** Passes over the train split in all: those to the matching ticket, and every particle's. */
  public long passes() {
    return (long) run.members()
        * run.training().optimiser().passes()
        * (lengths.sum() + run.training().rewindEpochs());
  }

  /**
   * One training.
   *
   * @param cycle firstCycle … lastCycle
   * @param particle 0 … particlesIn(cycle) − 1
   */
  public ParticleTraining of(int cycle, int particle) {
    return regime.training(lengths, cycle, particle);
  }
}
