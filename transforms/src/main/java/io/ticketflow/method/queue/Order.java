package io.ticketflow.method.queue;

/** What goes first of that which could be done now. No result depends on it. */
public enum Order {
  /** The earliest cycle, and in it the run that has most before it: the sweep ends soonest. */
  BREADTH_FIRST,
  /** The first run of the sweep that has anything to do: finished runs come soonest. */
  FINISH_FIRST
}
