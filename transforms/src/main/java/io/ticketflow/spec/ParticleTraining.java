package io.ticketflow.spec;

import java.util.stream.IntStream;

/**
 * One training of a run, resolved: all of its specification that its result depends on.
 *
 * @param training its schedule spans its {@code epochs}; how much is averaged says {@code
 *     swaEpochs}, and a particle's own weight decay is in it
 * @param startEpoch epochs before the first, where learning rates come from the schedule; else 0
 * @param endEpoch the last epoch
 * @param rates learning rates
 * @param swaEpochs how many of the last epochs are averaged
 * @param annealedBy the epoch, counted as {@code endEpoch}, by which {@code training.swa.anneal}
 *     has brought the rate down to {@code training.swa.learningRate}; 0 = it does not
 * @param spread whether the deviation of what is averaged is kept beside its mean
 */
public record ParticleTraining(
    TrainingSpec training,
    int startEpoch,
    int endEpoch,
    RateSpec rates,
    int swaEpochs,
    int annealedBy,
    boolean spread) {
  /** One that keeps no spread. */
  public ParticleTraining(
      TrainingSpec training,
      int startEpoch,
      int endEpoch,
      RateSpec rates,
      int swaEpochs,
      int annealedBy) {
    this(training, startEpoch, endEpoch, rates, swaEpochs, annealedBy, false);
  }

  /** The first epochs of a dense training, along its schedule and without averaging. */
  public static ParticleTraining dense(TrainingSpec training, int epochs) {
    return new ParticleTraining(training.plain(), 0, epochs, RateSpec.SCHEDULE, 0, 0);
  }

  /** The epochs to the matching ticket; there must be one at least. */
  public static ParticleTraining toTicket(TrainingSpec training) {
    return dense(training.toTicket(), training.rewindEpochs());
  }

  /** Epochs that are trained. */
  public int epochs() {
    return endEpoch - startEpoch;
  }

  /**
   * Passes of the train split's images through the network: SAM takes two a step. Those of copies
   * that look ahead are not counted: how many there are depends on the steps of an epoch.
   */
  public long passes() {
    return (long) epochs() * training.optimiser().passes();
  }

  /** Whether live weights are measured after any of its epochs. */
  public boolean validates() {
    return IntStream.rangeClosed(startEpoch + 1, endEpoch).anyMatch(training::validatesAfter);
  }

  /** The same epochs with a weight decay so many times as large. */
  public ParticleTraining withDecayTimes(double factor) {
    double decay = training.optimiser().weightDecay() * factor;
    return new ParticleTraining(
        training.withWeightDecay(decay), startEpoch, endEpoch, rates, swaEpochs, annealedBy);
  }

  /** The same epochs under another schedule. */
  public ParticleTraining withSchedule(ScheduleSpec schedule) {
    return with(training.withSchedule(schedule), rates);
  }

  /** The same epochs at other rates. */
  public ParticleTraining withRates(RateSpec other) {
    return with(training, other);
  }

  private ParticleTraining with(TrainingSpec other, RateSpec otherRates) {
    return new ParticleTraining(
        other, startEpoch, endEpoch, otherRates, swaEpochs, annealedBy, spread);
  }
}
