package io.ticketflow.spec;

/**
 * Which learning rates a training takes.
 *
 * @param rule the rule
 * @param peak highest rate of SLR, CLR, LLR and ALLR, and the rate of FT; 0 = the schedule's
 * @param warmup fraction of a retraining over which SLR, CLR, LLR and ALLR ascend from 0
 */
public record RateSpec(RateRule rule, double peak, double warmup) {
  /** The training's own schedule. */
  public static final RateSpec SCHEDULE = new RateSpec(RateRule.LRW, 0, 0);
}
