package io.ticketflow.spec;

/** Trainings as regimes ask for them: which epochs, at which learning rates. */
final class Schedules {
  private Schedules() {}

  /** Where in the schedule a training begins that starts from the matching ticket. */
  static int start(RunSpec run) {
    return run.nextCycle().schedule() == RateRule.FULL ? 0 : run.training().rewindEpochs();
  }

  /** Epochs from there to the end of the schedule. */
  static int rewound(RunSpec run) {
    return run.training().epochs() - start(run);
  }

  /** The schedule from the matching ticket on, stretched or compressed if a budget asks for it. */
  static ParticleTraining rewound(RunSpec run, TrainingLengths.Length length) {
    int start = start(run);
    int whole = length.isUsual() ? length.ofWhole(run) : start + length.epochs();
    return training(
        run.training().stretchedTo(whole),
        start,
        length.epochs(),
        RateSpec.SCHEDULE,
        averaged(run, length));
  }

  /** A merged network trained again, as {@code nextCycle} and {@code variation} say. */
  static ParticleTraining retraining(RunSpec run, int particle, TrainingLengths.Length length) {
    TrainingSpec training = run.training();
    double decay =
        VariationSpec.of(
            run.variation().weightDecays(), particle, training.optimiser().weightDecay());
    double peak = VariationSpec.of(run.variation().learningRates(), particle, 0.0);
    RateSpec rates = run.nextCycle().rates(peak);
    boolean full = run.nextCycle().schedule() == RateRule.FULL;
    int whole = full ? length.epochs() : length.ofWhole(run);
    int start = rates.rule() == RateRule.LRW ? whole - length.epochs() : 0;
    return training(
        training.withWeightDecay(decay).stretchedTo(whole),
        start,
        length.epochs(),
        rates,
        averaged(run, length));
  }

  /** A training without the settings that have no effect on it. */
  static ParticleTraining training(
      TrainingSpec training, int start, int length, RateSpec rates, int averaged) {
    int end = start + length;
    int annealedBy = training.swa().annealedBy(end, averaged);
    return training(training, start, length, rates, averaged, annealedBy);
  }

  /** A part of a training that comes down to the rate of averaging by that epoch. */
  static ParticleTraining training(
      TrainingSpec training, int start, int length, RateSpec rates, int averaged, int annealedBy) {
    SparsifierSpec sparsifier = training.sparsifier();
    boolean averages = averaged > 0 || annealedBy > 0;
    TrainingSpec piece = training.inOnePiece();
    TrainingSpec plain = averages ? piece : piece.withSwa(SwaSpec.NONE);
    return new ParticleTraining(
        sparsifier.isInside() || sparsifier.name().keepsDense()
            ? plain.withSparsifier(sparsifier.effective())
            : plain.withSparsifier(SparsifierSpec.NONE),
        start,
        start + length,
        rates,
        averaged,
        annealedBy);
  }

  private static int averaged(RunSpec run, TrainingLengths.Length length) {
    return run.training().swa().epochsOf(length.epochs());
  }
}
