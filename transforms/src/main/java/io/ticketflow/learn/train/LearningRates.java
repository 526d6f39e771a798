package io.ticketflow.learn.train;

import io.ticketflow.spec.ScheduleSpec;
import java.util.Arrays;

/**
 * The learning rate of every step of a dense training: a pure function of the step.
 *
 * <p>Steps are counted from 0; k is the step, n the steps of an epoch, T the epochs, and w =
 * warmupEpochs · n.
 *
 * <ul>
 *   <li>Warm-up: while k + 1 ≤ w the shape is multiplied by (k + 1) / w, so that no step is wasted
 *       at rate 0 and the last warm step has the full rate.
 *   <li>CONSTANT: the rate.
 *   <li>MULTI_STEP: the rate times gamma for each milestone that is at most the number of whole
 *       epochs before k, warm-up epochs included.
 *   <li>With p = (k − w) / (T·n − w) from 0 to just below 1: COSINE falls to the final rate along
 *       (1 + cos πp) / 2, LINEAR along 1 − p.
 *   <li>ONE_CYCLE climbs along (1 − cos π(k + 1)/w) / 2 and then falls like COSINE.
 * </ul>
 */
public final class LearningRates {
  private final ScheduleSpec schedule;
  private final long stepsPerEpoch;
  private final long steps;
  private final double warmSteps;
  private final int[] milestones;
  private final double[] decays;

  /**
   * @param epochs T
   * @param stepsPerEpoch n
   */
  public LearningRates(ScheduleSpec schedule, int epochs, long stepsPerEpoch) {
    this.schedule = schedule;
    this.stepsPerEpoch = stepsPerEpoch;
    this.steps = epochs * stepsPerEpoch;
    this.warmSteps = schedule.warmupEpochs() * stepsPerEpoch;
    this.milestones = schedule.milestones().stream().mapToInt(Integer::intValue).toArray();
    this.decays = new double[milestones.length + 1];
    Arrays.setAll(decays, passed -> StrictMath.pow(schedule.gamma(), (double) passed));
  }

  /** The rate of a step, 0 … T·n − 1. */
  public double at(long step) {
    if (step < 0 || step >= steps) {
      throw new IllegalArgumentException("step " + step + " is outside a schedule of " + steps);
    }
    double done = step + 1.0;
    boolean warming = done <= warmSteps;
    double warm = warming ? done / warmSteps : 1;
    double peak = schedule.learningRate();
    return switch (schedule.name()) {
      case CONSTANT -> warm * peak;
      case MULTI_STEP -> warm * peak * decay(step / stepsPerEpoch);
      case COSINE -> warming ? warm * peak : between(wave(fallen(done)));
      case LINEAR -> warming ? warm * peak : between(1 - fallen(done));
      case ONE_CYCLE -> warming ? (1 - wave(warm)) * peak : between(wave(fallen(done)));
    };
  }

  double peak() {
    return schedule.learningRate();
  }

  /** The rate of the last step: above 0 even where the schedule ends at 0. */
  public double last() {
    return at(steps - 1);
  }

  private double decay(long epochsDone) {
    int passed = 0;
    for (int milestone : milestones) {
      passed += milestone <= epochsDone ? 1 : 0;
    }
    return decays[passed];
  }

  private double fallen(double done) {
    return Math.max(0, done - 1 - warmSteps) / (steps - warmSteps);
  }

  private double between(double share) {
    double end = schedule.finalLearningRate();
    return end + (schedule.learningRate() - end) * share;
  }

  /** From 1 to 0 along half a cosine, as progress goes from 0 to 1. */
  static double wave(double progress) {
    return (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
  }
}
