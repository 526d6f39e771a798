package io.ticketflow.learn.job;

import io.ticketflow.math.KeyedRandom;

/**
 * Which draws a training makes: ξ of SWAMP. Two trainings with the same key see the same images in
 * the same order; the number of the epoch is part of every key, so a training that begins later
 * draws what the longer one would have drawn.
 *
 * @param particle −1 is the dense training up to the matching ticket
 */
public record DrawKey(long seed, int cycle, int particle) {
  /** The order in which an epoch's images are seen. */
  public KeyedRandom order(int epoch) {
    return of(epoch, "order");
  }

  /** How an epoch's images are cropped and flipped. */
  public KeyedRandom augment(int epoch) {
    return of(epoch, "augment");
  }

  /** What dropout of a step sets to 0, counted from the first step of the schedule. */
  public KeyedRandom dropout(long step) {
    return KeyedRandom.of(seed, "cycle", cycle, "particle", particle, "dropout", step);
  }

  /** The share of its start in a step's normalisation, counted from the first step likewise. */
  public KeyedRandom normalisation(long step) {
    return KeyedRandom.of(seed, "cycle", cycle, "particle", particle, "normalisation", step);
  }

  /** Which pruned entries of a tensor grow at a step of the training. */
  public KeyedRandom grow(long step, String tensor) {
    return KeyedRandom.of(seed, "cycle", cycle, "particle", particle, "grow", step, tensor);
  }

  /** What the entries of a tensor that grow at a step begin at. */
  public KeyedRandom grown(long step, String tensor) {
    return KeyedRandom.of(seed, "cycle", cycle, "particle", particle, "grown", step, tensor);
  }

  /** Draws as of a training of its own, for a copy that looks ahead from a step. */
  public DrawKey ahead(long step, int copy) {
    long own =
        KeyedRandom.of(seed, "cycle", cycle, "particle", particle, "ahead", step, copy).nextLong();
    return new DrawKey(own, cycle, particle);
  }

  /** In which way such a copy is trained. */
  public KeyedRandom protocol() {
    return KeyedRandom.of(seed, "protocol");
  }

  private KeyedRandom of(int epoch, String purpose) {
    return KeyedRandom.of(seed, "cycle", cycle, "particle", particle, "epoch", epoch, purpose);
  }
}
