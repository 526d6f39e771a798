package io.ticketflow.spec;

/** How the particles of a cycle become one network. */
public enum Merge {
  /** Their mean. */
  MEAN(false),
  /**
   * Greedy soup (Wortsman et al., ICML 2022): by descending validation accuracy, each is added to
   * the mean if that does not lower the validation accuracy.
   */
  GREEDY(true);

  private final boolean validates;

  Merge(boolean validates) {
    this.validates = validates;
  }

  /** Whether the validation split decides. */
  public boolean validates() {
    return validates;
  }
}
