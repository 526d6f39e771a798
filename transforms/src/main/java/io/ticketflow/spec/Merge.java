package io.ticketflow.spec;

/** How the particles of a cycle become one network. */
public enum Merge {
  /** Their mean. */
  MEAN(false, false),
  /**
   * Greedy soup (Wortsman et al., ICML 2022): by descending validation accuracy, each is added to
   * the mean if that does not lower the validation accuracy.
   */
  GREEDY(true, false),
  /** Model Stock (Jang et al., ECCV 2024): between their mean and the weights they set out from. */
  STOCK(false, true);

  private final boolean validates;
  private final boolean anchored;

  Merge(boolean validates, boolean anchored) {
    this.validates = validates;
    this.anchored = anchored;
  }

  /** Whether the validation split decides. */
  public boolean validates() {
    return validates;
  }

  /** Whether the weights from which all set out are needed. */
  public boolean anchored() {
    return anchored;
  }
}
