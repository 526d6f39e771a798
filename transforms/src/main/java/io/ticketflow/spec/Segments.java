package io.ticketflow.spec;

/**
 * A regime of one training in segments, which particles go through in step: a cycle is a segment,
 * and only the last one's network is a result.
 */
sealed interface Segments extends Regime permits SharedMask, Synchronised {
  @Override
  default boolean rewinds() {
    return false;
  }

  @Override
  default boolean delivers(int cycle) {
    return cycle == lastCycle();
  }

  @Override
  default boolean keepsStep() {
    return true;
  }

  /** The last segment may be averaged. */
  @Override
  default ParticleTraining training(TrainingLengths lengths, int cycle, int particle) {
    RunSpec run = run();
    int first = Schedules.start(run);
    int lastCycle = lastCycle();
    int start = first;
    int whole = start;
    for (int before = firstCycle(); before <= lastCycle; before++) {
      int length = lengths.of(before, 0).epochs();
      start += before < cycle ? length : 0;
      whole += length;
    }
    boolean last = cycle == lastCycle;
    int length = lengths.of(cycle, last ? particle : 0).epochs();
    int end = last ? start + length : whole;
    SwaSpec swa = run.training().swa();
    int averaged =
        Math.min(swa.epochsOf(whole - first), lengths.of(lastCycle, last ? particle : 0).epochs());
    TrainingSpec training = run.training().stretchedTo(Math.max(whole, start + length));
    return Schedules.training(
        training,
        start,
        length,
        RateSpec.SCHEDULE,
        last ? averaged : 0,
        swa.annealedBy(end, averaged));
  }
}
