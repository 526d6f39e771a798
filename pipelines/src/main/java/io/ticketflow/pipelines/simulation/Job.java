package io.ticketflow.pipelines.simulation;

import java.util.ArrayList;
import java.util.List;

/** A work on its way: what of it is kept, and which chains wait for its end. */
final class Job {
  private final Work work;
  private final List<Integer> chains = new ArrayList<>();
  private double kept;
  private int place;
  private boolean done;

  Job(Work work) {
    this.work = work;
  }

  Work work() {
    return work;
  }

  /** Chains whose stage does not end before it. */
  List<Integer> chains() {
    return chains;
  }

  /** Seconds of it that no failure takes away, at ordinary speed. */
  double kept() {
    return kept;
  }

  /** Seconds still to be done, at ordinary speed. */
  double remaining() {
    return work.seconds() - kept;
  }

  /** Notes a failure after so many seconds of work at ordinary speed in all. */
  void cutOff(double after) {
    kept = Math.max(kept, work.kept(Math.min(after, work.seconds())));
  }

  /** When it came to the queue, by the number of those before it. */
  int place() {
    return place;
  }

  void place(int number) {
    place = number;
  }

  boolean isDone() {
    return done;
  }

  void end() {
    done = true;
  }
}
