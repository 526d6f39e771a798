package io.ticketflow.method.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.method.step.Taker;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.testing.Solutions;
import io.ticketflow.work.Action;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Worker;
import io.ticketflow.work.Workplace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hands of two queues that know of one another by their files only, over real trainings. */
class HandTest {
  private static final int DENSE = 1;
  private static final int CYCLES = 3;

  @TempDir private Path folder;

  /** A worker that tells which trainings it made. */
  private record Counting(Worker worker, Collection<String> made) implements Performer {
    @Override
    public Workplace place() {
      return worker.place();
    }

    @Override
    public <R extends SpecificRecord> Done<R> perform(Action<R> action, Purpose purpose) {
      Done<R> done = worker.perform(action, purpose);
      if (!done.found() && action.epochs().isPresent()) {
        made.add(action.key());
      }
      return done;
    }

    @Override
    public <T extends SpecificRecord> void publish(String path, Class<T> type, T record) {
      worker.publish(path, type, record);
    }
  }

  @Test
  void twoProcessesTrainEveryNetworkOnceAndShareThem() throws Exception {
    Workplace place = new Workplace(folder.toString());
    List<RunRecord> runs = new ArrayList<>();
    for (int seed = 1; seed <= 4; seed++) {
      RunSpec spec =
          Solutions.spec("particles: 2", "training: {epochs: 2, rewindEpochs: 1}").withSeed(seed);
      runs.add(Solutions.run("run-" + seed, spec));
    }
    Collection<String> first = new ConcurrentLinkedQueue<>();
    Collection<String> second = new ConcurrentLinkedQueue<>();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> one = threads.submit(() -> work(place, runs, first));
      Future<?> other = threads.submit(() -> work(place, runs, second));
      one.get();
      other.get();
    } finally {
      threads.shutdownNow();
    }
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    assertThat(all).hasSize(4 * (DENSE + CYCLES * 2)).doesNotHaveDuplicates();
    assertThat(first).isNotEmpty();
    assertThat(second).isNotEmpty();
  }

  private static void work(Workplace place, List<RunRecord> runs, Collection<String> made) {
    Performer by = new Counting(new Worker(place), made);
    Taker taker = Hand.taker(by);
    Queue queue = new Queue(Order.BREADTH_FIRST, ticket -> Front.round(taker, ticket));
    runs.forEach(run -> queue.add(Front.start(place, run)));
    try (Neighbours others = Neighbours.in(place)) {
      new Hand(queue, others, by, false).work();
    }
  }
}
