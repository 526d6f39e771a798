package io.ticketflow.spec;

/**
 * Which learning rates a training takes.
 *
 * @param rule the rule
 * @param peak highest rate of SLR, CLR, LLR and ALLR, and the rate of FT; 0 = the schedule's
 * @param warmup fraction of a retraining over which SLR, CLR, LLR and ALLR ascend from 0
 */
public record RateSpec(Rule rule, double peak, double warmup) {
  /** Where rates come from. */
  public enum Rule {
    /** The training's own schedule, at the epochs that are trained: dense training, and LRW. */
    SCHEDULE,
    /** The last rate of the schedule. */
    FT,
    /** The schedule, compressed. */
    SLR,
    /** A cosine from the highest rate to 0. */
    CLR,
    /** A line from the highest rate to 0. */
    LLR,
    /** LLR from a rate that is the lower the less pruning hurt. */
    ALLR
  }

  /** The training's own schedule. */
  public static final RateSpec SCHEDULE = new RateSpec(Rule.SCHEDULE, 0, 0);
}
