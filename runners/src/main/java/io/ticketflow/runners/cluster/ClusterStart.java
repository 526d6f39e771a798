package io.ticketflow.runners.cluster;

import io.ticketflow.runners.ending.ProcessEnd;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Brings a cluster up until every slot is there; ends what it started if that fails. */
public final class ClusterStart {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final LocalCluster cluster;
  private final List<Spawned> started = new ArrayList<>();
  private boolean cancelled;

  private ClusterStart(LocalCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Starts the cluster; of one that runs already, the TaskManagers that have ended since.
   *
   * @param settings of a new cluster; one that runs keeps its own
   * @return the cluster, with all its slots registered
   * @throws UserException if a whole one runs from the folder, or settings or port cannot be;
   *     nothing is written then
   * @throws ClusterException if a process ends or the slots do not come; nothing runs then
   */
  public static LocalCluster run(ClusterFolder folder, ClusterSettings settings)
      throws IOException, InterruptedException {
    folder.check();
    Optional<LocalCluster> before = LocalCluster.in(folder);
    if (before.isPresent() && before.get().isLed()) {
      return ClusterLock.holding(folder, () -> new ClusterStart(before.get()).complete());
    }
    FlinkLibrary.classPath();
    LocalCluster next = LocalCluster.planned(folder, settings);
    return ClusterLock.holding(
        folder,
        () -> {
          if (before.isPresent()) {
            before.get().stop(); // TaskManagers that outlived their JobManager
          }
          next.write();
          return new ClusterStart(next).start(settings.taskManagers());
        });
  }

  private LocalCluster start(int taskManagers) throws IOException, InterruptedException {
    return allOrNothing(
        () -> {
          spawn(cluster::startJobManager);
          spawnTaskManagers(taskManagers);
        });
  }

  private LocalCluster complete() throws IOException, InterruptedException {
    int ended = (int) cluster.processes().stream().filter(process -> !process.isAlive()).count();
    if (ended == 0) {
      throw UserException.of(
          "A cluster runs from %s already, at %s: 'ticketflow cluster stop' ends it.",
          cluster.folder().path(), cluster.master());
    }
    return add(ended);
  }

  /**
   * More TaskManagers for a cluster that runs, or none.
   *
   * @return with their slots registered
   * @throws ClusterException if one ends or its slots do not come; none of them runs then
   */
  static LocalCluster more(LocalCluster cluster, int taskManagers)
      throws IOException, InterruptedException {
    return new ClusterStart(cluster).add(taskManagers);
  }

  private LocalCluster add(int taskManagers) throws IOException, InterruptedException {
    return allOrNothing(() -> spawnTaskManagers(taskManagers));
  }

  private void spawnTaskManagers(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      spawn(cluster::startTaskManager);
    }
  }

  private LocalCluster allOrNothing(Step step) throws IOException, InterruptedException {
    ProcessEnd.Undoing undoing = ProcessEnd.onSignal(this::cancel);
    boolean up = false;
    try {
      step.run();
      awaitSlots();
      ProcessEnd.decide(); // a signal that comes later finds a cluster that stays
      up = true;
      return cluster;
    } finally {
      if (!up) {
        cancel();
      }
      undoing.close();
    }
  }

  private synchronized void spawn(Spawning spawning) throws IOException {
    if (cancelled) {
      throw new ClusterException("The start of the cluster was cancelled.");
    }
    started.add(spawning.process());
  }

  private synchronized void cancel() {
    cancelled = true;
    started.forEach(process -> process.handle().destroyForcibly());
    CompletableFuture<?>[] ends =
        started.stream()
            .map(process -> process.handle().onExit())
            .toArray(CompletableFuture<?>[]::new);
    // None is slow to die of this, unless the machine is in trouble.
    CompletableFuture.allOf(ends)
        .completeOnTimeout(null, GRACE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private void awaitSlots() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      for (Spawned process : started) {
        if (!process.handle().isAlive()) {
          throw failed(process, "ended");
        }
      }
      if (cluster.knows(started.stream().map(Spawned::known).toList())) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw failed(
            started.get(started.size() - 1),
            "did not register within " + PATIENCE.toSeconds() + " s");
      }
      Thread.sleep(100);
    }
  }

  private ClusterException failed(Spawned process, String what) throws IOException {
    return new ClusterException(LogTail.sentence(cluster.folder(), process.known(), what));
  }

  private interface Step {
    void run() throws IOException;
  }

  private interface Spawning {
    Spawned process() throws IOException;
  }
}
