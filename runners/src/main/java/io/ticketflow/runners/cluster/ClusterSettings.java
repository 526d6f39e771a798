package io.ticketflow.runners.cluster;

import io.ticketflow.spec.UserException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.MemorySize;

/**
 * What a cluster is started with.
 *
 * @param taskManagers processes that train, at least 1
 * @param slots trainings at once in each of them, at least 1
 * @param port of the REST interface and the web UI; 0 for any free one
 * @param taskManagerMemory of each TaskManager, as Flink counts it, such as 3g; tensors come on top
 * @param more settings of Flink's, which win over all others
 */
public record ClusterSettings(
    int taskManagers, int slots, int port, String taskManagerMemory, Map<String, String> more) {
  private static final int LAST_PORT = 65_535;
  private static final int MOST = 1000;

  public ClusterSettings {
    more = Map.copyOf(more);
    requireCount("--taskmanagers", taskManagers);
    requireCount("--slots", slots);
    within("--port", 0, LAST_PORT, port);
    try {
      MemorySize.parse(taskManagerMemory);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "--taskmanager-memory must be a size such as 3g or 1500m, got " + taskManagerMemory);
    }
  }

  int allSlots() {
    return taskManagers * slots;
  }

  /** What conf/clusters/local.yaml leaves open, then what the user wants otherwise. */
  Map<String, String> over(Map<String, String> base, int restPort, int rpcPort, ClusterFolder at) {
    Map<String, String> all = new TreeMap<>(base);
    all.put(Spawn.SLOTS, Integer.toString(slots));
    all.put("taskmanager.memory.process.size", taskManagerMemory);
    all.put("parallelism.default", Integer.toString(allSlots()));
    all.put("rest.port", Integer.toString(restPort));
    all.put("rest.bind-port", Integer.toString(restPort));
    all.put("jobmanager.rpc.port", Integer.toString(rpcPort));
    all.put("io.tmp.dirs", at.temporary().toString());
    all.putAll(more);
    return all;
  }

  /** Refuses a number of processes or slots that cannot be. */
  static void requireCount(String option, int got) {
    within(option, 1, MOST, got);
  }

  private static void within(String option, int least, int most, int got) {
    if (got < least || got > most) {
      throw UserException.of(
          "%s must be a whole number of %s to %s, got %s", option, least, most, got);
    }
  }
}
