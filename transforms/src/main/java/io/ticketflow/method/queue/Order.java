package io.ticketflow.method.queue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What goes first of that which could be done now. No result depends on it. */
public enum Order {
  /** The earliest cycle, and in it the run that has most before it: the sweep ends soonest. */
  BREADTH_FIRST,
  /** The first run of the sweep that has anything to do: finished runs come soonest. */
  FINISH_FIRST;

  /** As users write it, such as "breadth-first". */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The order of that word, if there is one. */
  public static Optional<Order> of(String word) {
    return Arrays.stream(values()).filter(order -> order.word().equals(word)).findFirst();
  }

  /** All words. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Order::word).toList();
  }
}
