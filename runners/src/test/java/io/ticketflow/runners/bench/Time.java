package io.ticketflow.runners.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Seconds that something takes, by the clock and of its thread's processor. */
record Time(double wall, double processor) {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  static Time of(Runnable work) {
    long wall = System.nanoTime();
    long processor = THREADS.getCurrentThreadCpuTime();
    work.run();
    return new Time(
        (System.nanoTime() - wall) * 1e-9, (THREADS.getCurrentThreadCpuTime() - processor) * 1e-9);
  }
}
