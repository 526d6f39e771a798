package io.ticketflow.spec;

/**
 * What kind of run a run is: where its masks come from, and so which cycles it has, what each keeps
 * and how its networks are trained. One file each.
 */
public sealed interface Regime
    permits Iterative, AtInitialisation, InsideTraining, Segments, Perturbed {
  /** The regime of a run. */
  static Regime of(RunSpec run) {
    Regime pruning = pruning(run);
    return run.perturbed().members() == 0 ? pruning : new Perturbed(run, pruning);
  }

  private static Regime pruning(RunSpec run) {
    SparsifierSpec sparsifier = run.training().sparsifier();
    if (sparsifier.isInside()) {
      return new InsideTraining(run);
    }
    if (sparsifier.shared()) {
      return new SharedMask(run);
    }
    if (run.training().averageEvery() > 0) {
      return new Synchronised(run);
    }
    return run.pruning().when() == PruningSpec.When.AT_INITIALISATION
        ? new AtInitialisation(run)
        : new Iterative(run);
  }

  /** The run. */
  RunSpec run();

  /** The first cycle's number: 1 where no cycle is dense, as masks do not come by pruning. */
  int firstCycle();

  /** The last cycle's number. */
  default int lastCycle() {
    return run().pruning().lastCycle();
  }

  /**
   * Entries that a cycle's network keeps, exactly.
   *
   * @param total prunable entries
   * @param cycle firstCycle … lastCycle
   */
  default long keptIn(int cycle, long total) {
    return run().pruning().keptAfter(cycle, total);
  }

  /** How the mask that a cycle begins with comes about. */
  MaskStep mask(int cycle);

  /** Whether its first cycle may begin with masks that it did not make. */
  default boolean takesMasks() {
    return false;
  }

  /** Whether every cycle starts from the matching ticket's weights. */
  default boolean rewinds() {
    return true;
  }

  /** Whether a cycle starts from a merged network and trains it by a schedule of its own. */
  default boolean retrains(int cycle) {
    return false;
  }

  /** Whether a cycle trains a member after all that is pruned. */
  default boolean isMember(int cycle) {
    return false;
  }

  /** Whether this cycle's network is reported. */
  default boolean delivers(int cycle) {
    return true;
  }

  /** Whether a training ends with another mask than it began with. */
  default boolean changesMasksInTraining() {
    return false;
  }

  /** Whether the particles of a cycle must be of one length, as the mean of all is what goes on. */
  default boolean keepsStep() {
    return false;
  }

  /**
   * Whether a cycle's trainings go on where those of the cycle before have ended: with the
   * optimiser's state of each, and as one training's draws.
   */
  default boolean resumes(int cycle) {
    return false;
  }

  /**
   * Epochs of a particle without a budget.
   *
   * @throws UserException if there would be none
   */
  default int epochs(int cycle, int particle) {
    return Schedules.rewound(run());
  }

  /**
   * A particle's training.
   *
   * @param lengths of the run's trainings
   */
  default ParticleTraining training(TrainingLengths lengths, int cycle, int particle) {
    return Schedules.rewound(run(), lengths.of(cycle, particle));
  }
}
