package io.ticketflow.learn.model;

/** What a convolution's weights are before the first step. */
public enum FirstWeights {
  /** Draws of {@code model.initialisation}. */
  DRAWN,

  /**
   * Draws, but the first filters, one for each channel that comes in, hand that channel on
   * unchanged: 1 in the middle of its window, else 0 (Dirac; Zagoruyko &amp; Komodakis 2017).
   */
  DIRAC,

  /** {@link Whitening} of the train images; no step moves them and nothing prunes them. */
  WHITENING
}
