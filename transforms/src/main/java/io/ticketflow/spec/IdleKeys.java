package io.ticketflow.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keys of one run that change nothing of its results, or less than they say. Each thing that a key
 * speaks to adds its own, so what is said here is what that thing does.
 */
public final class IdleKeys {
  private final Map<String, String> said = new LinkedHashMap<>();

  /** Says that a key has no effect; of several reasons the first stays. */
  public IdleKeys none(boolean holds, String key, String because) {
    return partly(holds, key, "has no effect, as " + because);
  }

  /** Says what a key does in place of what it asks for, in words that follow its name. */
  public IdleKeys partly(boolean holds, String key, String does) {
    if (holds) {
      said.putIfAbsent(key, does);
    }
    return this;
  }

  /** Words that follow a key's name, such as "has no effect, as the optimiser is adam". */
  public Map<String, String> said() {
    return Collections.unmodifiableMap(said);
  }
}
