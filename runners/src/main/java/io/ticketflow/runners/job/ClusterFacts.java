package io.ticketflow.runners.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a cluster says of itself.
 *
 * @param version of its Flink
 * @param taskManagers that have registered
 * @param slots of all of them
 * @param freeSlots of those, that no job holds
 * @param runningJobs of anybody
 * @param configuration key and value, as its configuration file has them; defaults are not there
 * @param classPath of its JobManager: jars and folders
 */
public record ClusterFacts(
    ClusterAddress address,
    String version,
    int taskManagers,
    int slots,
    int freeSlots,
    int runningJobs,
    Map<String, String> configuration,
    List<String> classPath) {
  /** Our own key in a cluster's configuration. */
  private static final String DEVICE = "ticketflow.device";

  public ClusterFacts {
    configuration = Map.copyOf(configuration);
    classPath = List.copyOf(classPath);
  }

  /** The kind of device that its trainers run on, as its configuration says: cpu or gpu. */
  public String device() {
    return setting(DEVICE).orElse("cpu");
  }

  /** A value of its configuration file. */
  public Optional<String> setting(String key) {
    return Optional.ofNullable(configuration.get(key)).map(String::strip);
  }
}
