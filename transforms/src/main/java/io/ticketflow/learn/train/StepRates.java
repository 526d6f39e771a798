package io.ticketflow.learn.train;

import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.RateRule;
import io.ticketflow.spec.RateSpec;
import io.ticketflow.spec.SwaSpec;

/**
 * The learning rate of every step of one training: a pure function of the step.
 *
 * <p>Epochs whose weights are averaged have the one rate a of {@code training.swa}. By then the
 * epochs before have come down to it, so that the averaging begins with no rise and no jump
 * (Izmailov et al. 2018, section 3, as SWAMP's authors anneal): with s the first step that is
 * averaged, w the steps of the warm-up, η the highest rate and p = (k − w) / (s − w) from 0 to just
 * below 1, the rate is a + (η − a)(1 + cos πp) / 2 along {@code cosine} and a + (η − a)(1 − p)
 * along {@code linear}. That replaces the shape of the schedule, and of the rules below, after
 * warm-up.
 *
 * <p>Retrainings after pruning (Zimmer, Spiegel, Pokutta, ICLR 2023, section 3) count steps from 0;
 * k is the step, n all of the retraining's steps, w = warmup · n, η the schedule's highest rate:
 *
 * <ul>
 *   <li>FT: the schedule's last rate, but at least η / 100: nothing is tuned at the end of a line
 *       to 0.
 *   <li>SLR, with p = (k − w) / (n − w) from 0 to just below 1: the schedule's rate at p · N, where
 *       N are its own steps; η in place of its own warm-up.
 *   <li>CLR: l + (η − l)(1 + cos πp) / 2, where l is the schedule's last rate, its least.
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
  private final double scheduleWarmSteps;
  private final double warmSteps;
  private final long averagedFrom;
  private final double averagedRate;
  private final SwaSpec.Anneal anneal;
  private final long annealedBy;
  private final double warmAnneal;

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
    anneal = plan.training().swa().anneal();
    annealedBy = plan.annealedBy() * stepsPerEpoch;
    scheduleWarmSteps = plan.training().schedule().warmupEpochs() * stepsPerEpoch;
    warmAnneal = rates.rule() == RateRule.LRW ? scheduleWarmSteps : warmSteps;
    double highest = rates.peak() > 0 ? rates.peak() : plan.training().schedule().learningRate();
    double share = Math.max(hurt, (double) steps / scheduleSteps);
    peak = rates.rule() == RateRule.ALLR ? highest * Math.min(1, share) : highest;
    double given = plan.training().swa().learningRate();
    double asked = given > 0 ? given : plan.training().schedule().learningRate() / 2;
    // How low ALLR begins is known no sooner than here.
    averagedRate = rates.rule() == RateRule.ALLR ? Math.min(asked, peak) : asked;
  }

  /** The rate of a step, counted from 0 at the schedule's or the retraining's first. */
  public double at(long step) {
    if (step >= averagedFrom && step < steps) {
      return averagedRate;
    }
    if (annealedBy > 0) {
      return annealed(step);
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
          case LRW, FULL -> throw new AssertionError("returned above");
          case FT -> tuning();
          case SLR -> scaled(fallen);
          case CLR -> cosine(fallen);
          case LLR, ALLR -> peak * (1 - fallen);
        };
  }

  private double annealed(long step) {
    if (step >= annealedBy) {
      return averagedRate;
    }
    double highest = highest();
    double done = step + 1.0;
    if (done <= warmAnneal) {
      return highest * done / warmAnneal;
    }
    double fallen = Math.max(0, step - warmAnneal) / (annealedBy - warmAnneal);
    double left = anneal == SwaSpec.Anneal.COSINE ? LearningRates.wave(fallen) : 1 - fallen;
    return averagedRate + (highest - averagedRate) * left;
  }

  /** The rate of the epochs that are averaged. */
  public double averaged() {
    return averagedRate;
  }

  /**
   * How much higher the rate of the averaging is than the rate before it: the last step's, or where
   * that is annealed, the highest. 0 or less if it does not rise, or if nothing comes before.
   *
   * @param firstStep the training's first
   */
  public double rise(long firstStep) {
    if (averagedFrom <= firstStep || averagedFrom >= steps) {
      return 0;
    }
    return averagedRate - (annealedBy > 0 ? highest() : at(averagedFrom - 1));
  }

  private double highest() {
    return rates.rule() == RateRule.FT ? tuning() : peak;
  }

  private double tuning() {
    return rates.peak() > 0 ? rates.peak() : Math.max(schedule.last(), schedule.peak() / 100);
  }

  private double cosine(double fallen) {
    double least = Math.min(schedule.last(), peak);
    return least + (peak - least) * LearningRates.wave(fallen);
  }

  private double scaled(double share) {
    long at = Math.min((long) Math.floor(share * scheduleSteps), scheduleSteps - 1);
    double rate = at < scheduleWarmSteps ? schedule.peak() : schedule.at(at);
    return rates.peak() > 0 ? rate * rates.peak() / schedule.peak() : rate;
  }
}
