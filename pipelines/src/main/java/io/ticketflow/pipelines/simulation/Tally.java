package io.ticketflow.pipelines.simulation;

/** What happens to be counted while a simulation runs. */
final class Tally {
  private double firstBegin = Double.POSITIVE_INFINITY;
  private double lastEnd;
  private double training;
  private double busy;
  private double lost;
  private int failures;

  void begun(Work work, double now) {
    if (work.trains()) {
      firstBegin = Math.min(firstBegin, now);
    }
  }

  void ended(Work work, double seconds, double now) {
    took(work, seconds);
    if (work.trains()) {
      lastEnd = now;
    }
  }

  void cutOff(Work work, Slot.Lost what) {
    took(work, what.kept());
    lost += what.lost();
  }

  void failed() {
    failures++;
  }

  int failures() {
    return failures;
  }

  Forecast forecast(int slots, double makespan) {
    double span = Math.max(0, lastEnd - firstBegin);
    return new Forecast(slots, makespan, span, training, busy, lost, failures);
  }

  private void took(Work work, double seconds) {
    busy += seconds;
    training += work.trains() ? seconds : 0;
  }
}
