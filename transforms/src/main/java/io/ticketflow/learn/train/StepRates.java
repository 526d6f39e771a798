package io.ticketflow.learn.train;

import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.RateRule;
import io.ticketflow.spec.RateSpec;

/**
 * The learning rate of every step of one training: a pure function of the step. Epochs whose
 * weights are averaged have the one rate of {@code training.swa}.
 *
 * <p>Retrainings after pruning (Zimmer, Spiegel, Pokutta, ICLR 2023, section 3) count steps from 0;
 * k is the step, n all of the retraining's steps, w = warmup · n, η the schedule's highest rate:
 *
 * <ul>
 *   <li>FT: the schedule's last rate.
 *   <li>SLR: the schedule's rate at k · N / n, where N are its own steps.
 *   <li>CLR, with p = (k − w) / (n − w) from 0 to just below 1: η (1 + cos πp) / 2.
 *   <li>LLR: η (1 − p).
 *   <li>ALLR: LLR from η · min(1, max(d, n / N)), where d says how much pruning hurt: ‖w − m∘w‖ /
 *       ‖w‖ over the square root of the share of weights that it took.
 *   <li>SLR, CLR, LLR and ALLR: while k + 1 ≤ w the rate that step w would have, times (k + 1) / w.
 * </ul>
 */
public final class StepRates {
  private final LearningRates schedule;
  private final RateSpec rates;
  private final double peak;
  private final long steps;
  private final long scheduleSteps;
  private final double warmSteps;
  private final long averagedFrom;
  private final double averagedRate;

  /**
   * The rates of a training.
   *
   * @param hurt d of ALLR, at least 0; of no effect otherwise
   * @param stepsPerEpoch steps of an epoch
   */
  public StepRates(ParticleTraining plan, double hurt, long stepsPerEpoch) {
    int epochs = plan.training().epochs();
    rates = plan.rates();
    schedule = new LearningRates(plan.training().schedule(), epochs, stepsPerEpoch);
    steps = plan.endEpoch() * stepsPerEpoch;
    scheduleSteps = epochs * stepsPerEpoch;
    warmSteps = rates.warmup() * steps;
    averagedFrom = steps - plan.swaEpochs() * stepsPerEpoch;
    averagedRate = plan.training().swa().learningRate();
    double highest = rates.peak() > 0 ? rates.peak() : plan.training().schedule().learningRate();
    double share = Math.max(hurt, (double) steps / scheduleSteps);
    peak = rates.rule() == RateRule.ALLR ? highest * Math.min(1, share) : highest;
  }

  /** The rate of a step, counted from 0 at the schedule's or the retraining's first. */
  public double at(long step) {
    if (step >= averagedFrom && step < steps) {
      return averagedRate;
    }
    if (rates.rule() == RateRule.LRW) {
      return schedule.at(step);
    }
    if (step < 0 || step >= steps) {
      throw new IllegalArgumentException("step " + step + " is outside a retraining of " + steps);
    }
    double done = step + 1.0;
    boolean warming = done <= warmSteps;
    double warm = warming ? done / warmSteps : 1;
    // A rate that climbs does so to what it will fall from.
    double position = Math.max(warmSteps, (double) step);
    double fallen = (position - warmSteps) / (steps - warmSteps);
    return warm
        * switch (rates.rule()) {
          case LRW -> throw new AssertionError("returned above");
          case FT -> rates.peak() > 0 ? rates.peak() : schedule.last();
          case SLR -> scaled(position);
          case CLR -> peak * (1 + StrictMath.cos(StrictMath.PI * fallen)) / 2;
          case LLR, ALLR -> peak * (1 - fallen);
        };
  }

  private double scaled(double position) {
    long at = (long) Math.floor(position * scheduleSteps / steps);
    double rate = schedule.at(Math.min(at, scheduleSteps - 1));
    return rates.peak() > 0 ? rate * rates.peak() / schedule.peak() : rate;
  }
}
