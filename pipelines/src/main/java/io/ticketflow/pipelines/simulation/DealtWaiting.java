package io.ticketflow.pipelines.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A queue a slot, dealt out in turn; each stage begins with the first slot. A slot's works wait for
 * it however long they have to.
 */
final class DealtWaiting implements Waiting {
  private final List<Deque<Job>> queues = new ArrayList<>();

  DealtWaiting(int slots) {
    for (int slot = 0; slot < slots; slot++) {
      queues.add(new ArrayDeque<>());
    }
  }

  @Override
  public void add(List<Job> jobs) {
    for (int i = 0; i < jobs.size(); i++) {
      queues.get(i % queues.size()).addLast(jobs.get(i));
    }
  }

  @Override
  public void giveBack(int slot, Job job) {
    queues.get(slot).addFirst(job);
  }

  @Override
  public Optional<Job> next(int slot) {
    return Optional.ofNullable(queues.get(slot).pollFirst());
  }
}
