package io.ticketflow.pipelines.simulation;

import java.util.ArrayList;
import java.util.List;

/** A work on its way: what of it is kept, and which chains wait for its end. */
final class Job {
  private final Work work;
  private final Stage stage;
  private final double rest;
  private final List<Integer> chains = new ArrayList<>();
  private double kept;
  private int place;
  private boolean done;

  /**
   * A work that nobody has begun.
   *
   * @param stage of the first chain that waits for it
   * @param rest seconds of that chain's works from there on
   */
  Job(Work work, Stage stage, double rest) {
    this.work = work;
    this.stage = stage;
    this.rest = rest;
  }

  /** Of its cycle; what comes before the first one goes before all cycles of any run. */
  int cycle() {
    return stage.phase() == Stage.Phase.BEFORE ? -1 : stage.cycle();
  }

  /** Whether it is what follows a cycle's trainings. */
  boolean follows() {
    return stage.phase() == Stage.Phase.AFTER;
  }

  double rest() {
    return rest;
  }

  /** The first chain that waits for it. */
  int chain() {
    return chains.get(0);
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
