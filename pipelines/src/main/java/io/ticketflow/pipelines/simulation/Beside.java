package io.ticketflow.pipelines.simulation;

import io.ticketflow.spec.UserException;

/**
 * What a run costs beside its actions, in seconds, each at least 0.
 *
 * @param start from the command to the first stage
 * @param cycle of every cycle but the first, in which Flink's stages gather what was made: once its
 *     works and all that do not wait for it are done
 * @param action on its slot, beside each action: its lookup, its files
 */
public record Beside(double start, double cycle, double action) {
  public Beside {
    check("start", start);
    check("cycle", cycle);
    check("action", action);
  }

  private static void check(String key, double seconds) {
    UserException.check(
        seconds >= 0 && seconds <= 1e6, key, "from 0 to 1,000,000 seconds", seconds);
  }
}
