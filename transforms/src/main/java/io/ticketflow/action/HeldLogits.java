package io.ticketflow.action;

import io.ticketflow.learn.measure.SplitLogits;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Logits that were computed lately: a particle that was measured alone passes over no image again
 * when it is measured in an ensemble. What was asked for longest ago makes room. For any number of
 * threads.
 */
final class HeldLogits {
  private final Map<String, SplitLogits> held = new LinkedHashMap<>(16, 0.75f, true);
  private final long room;
  private long bytes;

  /**
   * None yet.
   *
   * @param room bytes that they may take
   */
  HeldLogits(long room) {
    this.room = room;
  }

  /** Whether so many bytes find room together. */
  boolean fit(long together) {
    return together <= room;
  }

  /**
   * Logits that are there, or are made and held.
   *
   * @param name of all that decides them; equal names: equal logits
   */
  SplitLogits of(String name, Supplier<SplitLogits> maker) {
    SplitLogits there = find(name);
    if (there != null) {
      return there;
    }
    SplitLogits made = maker.get();
    hold(name, made);
    return made;
  }

  private synchronized @Nullable SplitLogits find(String name) {
    return held.get(name);
  }

  private synchronized void hold(String name, SplitLogits made) {
    if (held.put(name, made) == null) {
      bytes += made.bytes();
    }
    Iterator<SplitLogits> oldest = held.values().iterator();
    while (bytes > room) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }
}
