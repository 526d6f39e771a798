package io.ticketflow.pipelines.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** One queue of all slots. */
final class SharedWaiting implements Waiting {
  private final PriorityQueue<Job> queue;
  private int arrived;

  private SharedWaiting(Comparator<Job> order) {
    queue = new PriorityQueue<>(order.thenComparingInt(Job::place));
  }

  static SharedWaiting inTurn() {
    return new SharedWaiting(Comparator.comparingInt(Job::place));
  }

  static SharedWaiting longestFirst() {
    return new SharedWaiting(Comparator.comparingDouble(Job::remaining).reversed());
  }

  static SharedWaiting breadthFirst() {
    return new SharedWaiting(
        Comparator.comparing(Job::follows)
            .reversed()
            .thenComparingInt(Job::cycle)
            .thenComparing(Comparator.comparingDouble(Job::rest).reversed())
            .thenComparingInt(Job::chain));
  }

  static SharedWaiting finishFirst() {
    return new SharedWaiting(
        Comparator.comparing(Job::follows).reversed().thenComparingInt(Job::chain));
  }

  @Override
  public void add(List<Job> jobs) {
    for (Job job : jobs) {
      job.place(arrived++);
      queue.add(job);
    }
  }

  /** At the place it had, which is before all that came later. */
  @Override
  public void giveBack(int slot, Job job) {
    queue.add(job);
  }

  @Override
  public Optional<Job> next(int slot) {
    return Optional.ofNullable(queue.poll());
  }
}
