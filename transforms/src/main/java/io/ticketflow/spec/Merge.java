package io.ticketflow.spec;

/** How the particles of a cycle become one network. */
public enum Merge {
  /** Their mean. */
  MEAN,
  /**
   * Greedy soup (Wortsman et al., ICML 2022): by descending validation accuracy, each is added to
   * the mean if that does not lower the validation accuracy.
   */
  GREEDY
}
