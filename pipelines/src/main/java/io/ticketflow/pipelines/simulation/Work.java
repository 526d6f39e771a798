package io.ticketflow.pipelines.simulation;

/**
 * What one slot does in one go, such as a training and the evaluation of its network.
 *
 * @param key works with the same key are one: whoever comes first has it done
 * @param seconds on a slot of ordinary speed, without what lies beside actions; at least 0
 * @param actions that it consists of
 * @param trains whether a training is among them
 * @param checkpointSeconds of work between two states that are kept; infinite if none is
 */
public record Work(
    String key, double seconds, int actions, boolean trains, double checkpointSeconds) {
  public Work {
    if (!(seconds >= 0) || Double.isInfinite(seconds) || !(checkpointSeconds > 0)) {
      throw new IllegalArgumentException(
          "work of " + seconds + " s, a state kept every " + checkpointSeconds + " s");
    }
  }

  /** Of so much work, the part that outlives the slot: all up to the last state that was kept. */
  double kept(double done) {
    if (Double.isInfinite(checkpointSeconds)) {
      return 0;
    }
    // A state that is due at this very moment is kept, whatever rounding says.
    return Math.min(done, Math.floor(done / checkpointSeconds + 1e-9) * checkpointSeconds);
  }
}
