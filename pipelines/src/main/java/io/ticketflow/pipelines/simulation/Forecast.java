package io.ticketflow.pipelines.simulation;

/**
 * What a simulation came to.
 *
 * @param makespan seconds from the command to the end of the last stage
 * @param trainingSpan seconds from the first training's begin to the last one's end
 * @param trainingSeconds of slots' time that trainings took and that no failure undid, with the
 *     evaluations that follow them on their slots
 * @param busySeconds the same of all works
 * @param lostSeconds of slots' time whose work a failure undid
 * @param failures that stopped something
 */
public record Forecast(
    int slots,
    double makespan,
    double trainingSpan,
    double trainingSeconds,
    double busySeconds,
    double lostSeconds,
    int failures) {
  /** Share of slots' time in trainings while trainings remain, in [0, 1]; 0 without any. */
  public double whileTraining() {
    return share(trainingSeconds, trainingSpan);
  }

  /** Share of slots' time in any work, from the command to the end, in [0, 1]. */
  public double overall() {
    return share(busySeconds, makespan);
  }

  private double share(double seconds, double span) {
    return span > 0 ? Math.min(1, seconds / (slots * span)) : 0;
  }
}
