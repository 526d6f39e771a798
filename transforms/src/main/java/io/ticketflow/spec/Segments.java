package io.ticketflow.spec;

/** One training in segments, which its particles go through in step: a cycle is a segment. */
final class Segments {
  private Segments() {}

  /** A cycle's segment; the last one may be averaged. */
  static ParticleTraining training(
      Regime regime, TrainingLengths lengths, int cycle, int particle) {
    RunSpec run = regime.run();
    int first = Schedules.start(run);
    int lastCycle = regime.lastCycle();
    int start = first;
    int whole = start;
    for (int before = regime.firstCycle(); before <= lastCycle; before++) {
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
