package io.ticketflow.work;

import org.jspecify.annotations.Nullable;

/**
 * One action that a run asks for.
 *
 * @param kind as {@link Kind#name} has it
 * @param key of the action; of no meaning outside the plan where its inputs do not exist yet
 * @param particle null if the action is not about one
 * @param epochs of training, 0 if it trains nothing
 * @param images training images that pass through the network
 * @param makes what it stores
 */
public record PlannedAction(
    String kind,
    String key,
    String run,
    int cycle,
    @Nullable Integer particle,
    State state,
    int epochs,
    long images,
    Made makes) {
  /** What an action stores. */
  public enum Made {
    NOTHING,
    MASK,
    NETWORK
  }

  /** What will become of an action. */
  public enum State {
    /** Its result is in the output folder. */
    CACHED,
    /** Its result will be copied from the store that outputs share. */
    IN_STORE,
    /** It will be done. */
    TO_RUN,
    /** An action above in the plan does the same: done once, used by both. */
    SHARED
  }

  /** The same, which an action above does already. */
  PlannedAction shared() {
    return new PlannedAction(kind, key, run, cycle, particle, State.SHARED, epochs, images, makes);
  }

  /** Whether its result is not in the output folder, and no action above brings it there. */
  public boolean isLacking() {
    return state == State.TO_RUN || state == State.IN_STORE;
  }

  /** Whether this one trains a network. */
  public boolean trains() {
    return epochs > 0;
  }
}
