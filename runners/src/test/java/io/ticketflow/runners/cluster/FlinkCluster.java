package io.ticketflow.runners.cluster;

import io.ticketflow.runners.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A cluster of real processes for tests, on free ports; it ends with the test, or with its JVM.
 *
 * <p>Of 1 GiB for the JobManager and 1600 MiB for each TaskManager, unless the settings say
 * otherwise. {@code env.java.opts.taskmanager} adds flags to the TaskManagers' JVMs.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final String MEMORY = "taskmanager.memory.process.size";

  private final LocalCluster cluster;
  private final Thread end = new Thread(this::end, "flink-cluster-end");

  private FlinkCluster(LocalCluster cluster) {
    this.cluster = cluster;
    Runtime.getRuntime().addShutdownHook(end);
  }

  /** A cluster with all its slots registered. */
  public static FlinkCluster start(
      Path folder, int taskManagers, int slots, Map<String, String> settings)
      throws IOException, InterruptedException {
    Map<String, String> more = new HashMap<>(settings);
    for (String role : List.of("jobmanager", "taskmanager")) {
      more.merge("env.java.opts." + role, Program.BRIEF, (own, brief) -> brief + " " + own);
    }
    String memory = more.getOrDefault(MEMORY, "1600m");
    ClusterSettings wanted = new ClusterSettings(taskManagers, slots, 0, memory, more);
    return new FlinkCluster(ClusterStart.run(new ClusterFolder(folder), wanted));
  }

  /** What {@code --flinkMaster} takes. */
  public String master() {
    return cluster.master();
  }

  /** Where the logs are. */
  public Path log() {
    return cluster.folder().log();
  }

  /** The living ones, in the order of their names. */
  public List<ProcessHandle> taskManagers() throws IOException {
    return cluster.processes().stream()
        .filter(process -> !process.isJobManager())
        .flatMap(process -> process.handle().stream())
        .toList();
  }

  /** The process of a TaskManager by the id that REST shows ("taskmanager-id"). */
  public ProcessHandle taskManager(String id) throws IOException {
    return cluster.processes().stream()
        .filter(process -> process.id().equals(id))
        .flatMap(process -> process.handle().stream())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no living TaskManager " + id));
  }

  public ProcessHandle jobManager() throws IOException {
    return cluster.processes().stream()
        .filter(ClusterProcess::isJobManager)
        .flatMap(process -> process.handle().stream())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the JobManager is dead"));
  }

  /** One more, or one in place of a dead one; it registers a little later. */
  public ProcessHandle startTaskManager() throws IOException {
    return cluster.startTaskManager().handle();
  }

  /** In place of a dead one, at the same address; living TaskManagers find it. */
  public ProcessHandle startJobManager() throws IOException {
    return cluster.startJobManager().handle();
  }

  /** Waits until the JobManager answers and every living TaskManager is registered. */
  public void awaitTaskManagers(Duration patience) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!cluster.knows(living())) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the TaskManagers did not register within " + patience);
      }
      Thread.sleep(200);
    }
  }

  private List<ClusterProcess> living() throws IOException {
    return cluster.processes().stream().filter(ClusterProcess::isAlive).toList();
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(end);
  }

  /** At once: nothing of a test's cluster is worth a farewell, and some are stopped by signals. */
  private void end() {
    try {
      for (ClusterProcess process : cluster.processes()) {
        process.handle().ifPresent(ProcessHandle::destroyForcibly);
      }
      cluster.stop();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
