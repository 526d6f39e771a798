package io.ticketflow.settings;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Results of a function that takes longer than looking them up. For any number of threads; two that
 * ask for one value at once may both work it out.
 *
 * @param <K> compared by equals
 */
public final class Remembered<K, V> {
  private final ConcurrentMap<K, V> known = new ConcurrentHashMap<>();
  private final Function<K, V> function;
  private final int most;

  /**
   * Remembers results.
   *
   * @param most how many; where there are more, all are forgotten
   * @param function of equal results for equal arguments, never null
   */
  public Remembered(int most, Function<K, V> function) {
    this.most = most;
    this.function = function;
  }

  /** The function's result. */
  public V of(K argument) {
    V there = known.get(argument);
    if (there != null) {
      return there;
    }
    V made = function.apply(argument);
    if (known.size() >= most) {
      known.clear();
    }
    known.put(argument, made);
    return made;
  }
}
