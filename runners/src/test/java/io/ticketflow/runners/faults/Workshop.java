package io.ticketflow.runners.faults;

import io.ticketflow.runners.cluster.FlinkCluster;
import io.ticketflow.runners.faults.agent.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One cluster for all fault tests of a JVM: two TaskManagers at work and a spare one, a slot each,
 * so that a job goes on at once when one of them dies. Silence of six seconds is death.
 */
final class Workshop {
  private static final int TASK_MANAGERS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static @Nullable Workshop workshop;

  private final FlinkCluster cluster;
  private final Laboratory laboratory;

  private Workshop() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("ticketflow-workshop");
    laboratory = new Laboratory(folder.resolve("laboratory"));
    Map<String, String> settings = new HashMap<>();
    settings.put("heartbeat.interval", "1000");
    settings.put("heartbeat.timeout", "6000");
    settings.put("env.java.opts.taskmanager", laboratory.agentFlag());
    cluster = FlinkCluster.start(folder.resolve("cluster"), TASK_MANAGERS, 1, settings);
  }

  /** The workshop in order: no fault armed, nothing written down, nobody dead. */
  static synchronized Workshop inOrder() throws Exception {
    if (workshop == null) {
      workshop = new Workshop();
    }
    workshop.laboratory.clear();
    workshop.complete();
    return workshop;
  }

  /** Brings the cluster to its full number. */
  void complete() throws IOException, InterruptedException {
    while (cluster.taskManagers().size() < TASK_MANAGERS) {
      cluster.startTaskManager();
    }
    cluster.awaitTaskManagers(PATIENCE);
  }

  Laboratory laboratory() {
    return laboratory;
  }

  FlinkCluster cluster() {
    return cluster;
  }

  /** Starts a client that sends the experiment to the cluster, or finds it there. */
  Process run(Path folder, Path output, String... more) throws IOException {
    String[] cluster = {
      "--runner=FlinkRunner", "--flinkMaster=" + this.cluster.master(), "--parallelism=2"
    };
    String[] all =
        Stream.concat(Arrays.stream(cluster), Arrays.stream(more)).toArray(String[]::new);
    return Bench.start(laboratory, folder, output, all);
  }

  /** The living TaskManager that came to a fault. */
  ProcessHandle taskManager(Event fired) throws IOException {
    return cluster.taskManagers().stream()
        .filter(process -> process.pid() == fired.pid())
        .findFirst()
        .orElseThrow(() -> new AssertionError("the fault came to no TaskManager: " + fired));
  }
}
