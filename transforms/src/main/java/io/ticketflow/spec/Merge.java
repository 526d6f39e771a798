package io.ticketflow.spec;

import java.util.Set;

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
  STOCK(false, true),
  /**
   * TIES (Yadav et al., NeurIPS 2023): from the weights they set out from, by the largest of their
   * steps, as far as these agree in sign.
   */
  TIES(false, true, "keep", "scale"),
  /** Karcher's mean of their directions on the sphere, with the mean of their lengths. */
  KARCHER(false, false),
  /** Their mean, weighted by Fisher information (Matena and Raffel, NeurIPS 2022). */
  FISHER(false, false, "images", "floor"),
  /**
   * A soup on the hyperplane through them, whose coefficients are learned on the validation split
   * (Li et al., ECCV 2024).
   */
  LEARNED(true, false, "epochs", "learningRate");

  private final boolean validates;
  private final boolean anchored;

  @SuppressWarnings("ImmutableEnumChecker") // the set is
  private final Set<String> keys;

  Merge(boolean validates, boolean anchored, String... keys) {
    this.validates = validates;
    this.anchored = anchored;
    this.keys = Set.of(keys);
  }

  /** Whether the validation split decides. */
  public boolean validates() {
    return validates;
  }

  /** Whether the weights from which all set out are needed. */
  public boolean anchored() {
    return anchored;
  }

  /** Whether that key of {@code merging} says how it works. */
  public boolean uses(String key) {
    return keys.contains(key);
  }
}
