package io.ticketflow.spec;

/** What independent runs become together. */
public enum Together {
  /** An ensemble: their probabilities are averaged. */
  ENSEMBLE,
  /** One network: the mean of their weights, pruned again to the density of each. */
  REPRUNE
}
