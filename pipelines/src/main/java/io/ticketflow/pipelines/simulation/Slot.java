package io.ticketflow.pipelines.simulation;

import io.ticketflow.math.KeyedRandom;
import org.jspecify.annotations.Nullable;

/** A place where one work is done at a time. */
final class Slot {
  private final double factor;
  private final double failuresASecond;
  private final KeyedRandom draws;
  private @Nullable Job job;
  private double begun;
  private double up;
  private int turn;

  Slot(Scenario scenario, int number) {
    factor = scenario.straggler().factorOf(scenario.seed(), number);
    failuresASecond = scenario.failures().perSlotHour() / 3600;
    draws = KeyedRandom.of(scenario.seed(), "failures", number);
  }

  /** Seconds from one failure to the next; infinite if it never fails. */
  double gap() {
    return failuresASecond > 0
        ? -StrictMath.log(1 - draws.nextDouble()) / failuresASecond
        : Double.POSITIVE_INFINITY;
  }

  boolean isUp(double now) {
    return now >= up;
  }

  boolean isFree(double now) {
    return job == null && isUp(now);
  }

  /** Changes with all that makes an expected end void. */
  int turn() {
    return turn;
  }

  @Nullable Job job() {
    return job;
  }

  /**
   * Begins a work.
   *
   * @param beside seconds before the work itself
   * @return when it ends if nothing fails
   */
  double begin(Job next, double now, double beside) {
    job = next;
    begun = now + beside;
    turn++;
    return begun + next.remaining() * factor;
  }

  /** Seconds of this slot for what is left of a work. */
  double seconds(Job one) {
    return one.remaining() * factor;
  }

  /** Ends its work, if it has one, which keeps what its checkpoint has. */
  Lost fail(double now, double back) {
    up = back;
    turn++;
    Job cut = job;
    job = null;
    if (cut == null) {
      return Lost.NOTHING;
    }
    double spent = Math.max(0, now - begun);
    double before = cut.kept();
    cut.cutOff(before + spent / factor);
    double kept = (cut.kept() - before) * factor;
    return new Lost(cut, kept, Math.max(0, spent - kept));
  }

  void end() {
    job = null;
    turn++;
  }

  /**
   * What a failure left and took.
   *
   * @param job that it cut off
   * @param kept seconds of the slot that were not in vain
   * @param lost seconds of the slot that were
   */
  record Lost(@Nullable Job job, double kept, double lost) {
    static final Lost NOTHING = new Lost(null, 0, 0);
  }
}
