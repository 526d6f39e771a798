package io.ticketflow.runners.cluster;

import io.ticketflow.spec.SpecException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings a cluster up until every slot is there; ends what it started if that fails. */
public final class ClusterStart {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final LocalCluster cluster;
  private final List<ClusterProcess> started = new ArrayList<>();
  private boolean cancelled;

  private ClusterStart(LocalCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Starts the cluster; of one that runs already, the TaskManagers that have ended since.
   *
   * @param settings of a new cluster; one that runs keeps its own
   * @return the cluster, with all its slots registered
   * @throws SpecException if a whole one runs from the folder, or settings or port cannot be;
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
          for (int i = 0; i < taskManagers; i++) {
            spawn(cluster::startTaskManager);
          }
        });
  }

  private LocalCluster complete() throws IOException, InterruptedException {
    long ended = cluster.processes().stream().filter(process -> !process.isAlive()).count();
    if (ended == 0) {
      throw new SpecException(
          "A cluster runs from "
              + cluster.folder().path()
              + " already, at "
              + cluster.master()
              + ": 'ticketflow cluster stop' ends it.");
    }
    return allOrNothing(
        () -> {
          for (int i = 0; i < ended; i++) {
            spawn(cluster::startTaskManager);
          }
        });
  }

  private LocalCluster allOrNothing(Step step) throws IOException, InterruptedException {
    Thread cancel = new Thread(this::cancel, "cluster-cancel"); // Ctrl-C
    Runtime.getRuntime().addShutdownHook(cancel);
    boolean up = false;
    try {
      step.run();
      awaitSlots();
      up = true;
      return cluster;
    } finally {
      if (!up) {
        cancel();
      }
      letGo(cancel);
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
    for (ClusterProcess process : started) {
      process.handle().ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static void letGo(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is on its way out, and the hook at work
    }
  }

  private void awaitSlots() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      for (ClusterProcess process : started) {
        if (!process.isAlive()) {
          throw failed(process, "ended");
        }
      }
      if (cluster.knows(started)) {
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

  private ClusterException failed(ClusterProcess process, String what) throws IOException {
    return new ClusterException(LogTail.sentence(cluster.folder(), process, what));
  }

  private interface Step {
    void run() throws IOException;
  }

  private interface Spawning {
    ClusterProcess process() throws IOException;
  }
}
