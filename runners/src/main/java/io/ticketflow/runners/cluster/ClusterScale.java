package io.ticketflow.runners.cluster;

import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** Changes how many TaskManagers a cluster has while it runs, and its jobs with it. */
public final class ClusterScale {
  private ClusterScale() {}

  /**
   * Adds TaskManagers until there are so many, or ends those of the highest numbers.
   *
   * @param taskManagers that shall be alive, at least 1
   * @param slots of those that are added; as many as the cluster's others have if empty
   * @return the cluster, with all slots registered; it knows of no TaskManager that has ended
   * @throws UserException if no cluster runs from the folder, or a number cannot be
   * @throws ClusterException if one that is added ends or its slots do not come; then none is added
   */
  public static LocalCluster run(ClusterFolder folder, int taskManagers, OptionalInt slots)
      throws IOException, InterruptedException {
    ClusterSettings.requireCount("--taskmanagers", taskManagers);
    slots.ifPresent(number -> ClusterSettings.requireCount("--slots", number));
    LocalCluster cluster = LocalCluster.in(folder).orElseThrow(() -> none(folder));
    return ClusterLock.holding(folder, () -> scale(cluster, taskManagers, slots));
  }

  private static LocalCluster scale(LocalCluster cluster, int wanted, OptionalInt slots)
      throws IOException, InterruptedException {
    if (!cluster.isLed()) {
      throw none(cluster.folder());
    }
    List<ClusterProcess> alive = taskManagers(cluster, true);
    try {
      if (wanted < alive.size()) {
        cluster.end(alive.subList(wanted, alive.size()));
      } else if (wanted > alive.size()) {
        LocalCluster other = slots.isPresent() ? cluster.withSlots(slots.getAsInt()) : cluster;
        ClusterStart.more(other, wanted - alive.size());
      }
    } finally {
      cluster.end(taskManagers(cluster, false)); // forgets them, as nobody misses them now
    }
    return cluster;
  }

  private static List<ClusterProcess> taskManagers(LocalCluster cluster, boolean alive)
      throws IOException {
    return cluster.processes().stream()
        .filter(process -> !process.isJobManager() && process.isAlive() == alive)
        .toList();
  }

  private static UserException none(ClusterFolder folder) {
    return UserException.of(
        "No cluster runs from %s: 'ticketflow cluster start' starts one.", folder.path());
  }
}
