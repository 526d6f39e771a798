package io.ticketflow.spec;

/** Where the learning rates of a training come from (Zimmer, Spiegel, Pokutta, ICLR 2023). */
public enum RateRule {
  /**
   * The training's own schedule, at the epochs that are trained; of a retraining its last ones, as
   * many as are trained: learning-rate rewinding.
   */
  LRW,
  /**
   * A whole schedule, its warm-up included, over the epochs that are trained: of every cycle, the
   * dense one too, which comes after the epochs to the matching ticket.
   */
  FULL,
  /** Fine-tuning: the schedule's last rate throughout, or a hundredth of its highest. */
  FT,
  /** Scaled: the whole schedule but its warm-up, compressed. */
  SLR,
  /** A cosine from the highest rate to the schedule's last one. */
  CLR,
  /** A line from the highest rate to 0. */
  LLR,
  /** LLR from a rate that is the lower the less pruning hurt. */
  ALLR
}
