package io.ticketflow.action;

/** Wall-clock time since its making, for costs only: no result depends on it. */
final class Stopwatch {
  private final long start = System.nanoTime();

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
