package io.ticketflow.spec;

/**
 * One training of a run, resolved: all of its specification that its result depends on.
 *
 * @param training whose schedule spans its {@code epochs}; its averaging is that of {@code
 *     swaEpochs}, and a particle's own weight decay is in it
 * @param startEpoch epochs before the first, where learning rates come from the schedule; else 0
 * @param endEpoch the last epoch
 * @param rates learning rates
 * @param swaEpochs how many of the last epochs are averaged
 */
public record ParticleTraining(
    TrainingSpec training, int startEpoch, int endEpoch, RateSpec rates, int swaEpochs) {
  /** Epochs that are trained. */
  public int epochs() {
    return endEpoch - startEpoch;
  }

  /** Passes of the train split's images through the network: SAM takes two a step. */
  public long passes() {
    return (long) epochs() * training.optimiser().passes();
  }
}
