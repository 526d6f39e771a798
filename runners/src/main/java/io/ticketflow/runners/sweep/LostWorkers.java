package io.ticketflow.runners.sweep;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tells which TaskManagers a cluster loses while a job is watched. */
final class LostWorkers {
  private Set<String> known = Set.of();
  private int lost;

  /**
   * Looks at a cluster's TaskManagers.
   *
   * @param ids of those that it has now
   * @return what to tell the user, if some are gone since the last look
   */
  Optional<String> seen(Set<String> ids) {
    Set<String> gone = new TreeSet<>(known);
    gone.removeAll(ids);
    known = Set.copyOf(ids);
    if (gone.isEmpty()) {
      return Optional.empty();
    }
    lost += gone.size();
    return Optional.of(
        "Workers are being lost, "
            + lost
            + (gone.size() == 1 ? " so far: TaskManager " : " so far: TaskManagers ")
            + String.join(", ", gone)
            + (gone.size() == 1 ? " is gone, and " : " are gone, and ")
            + rest(ids.size()));
  }

  private static String rest(int workers) {
    return switch (workers) {
      case 0 -> "no other is left: the job waits until the cluster has one again.";
      case 1 -> "one other goes on; its log may say why.";
      default -> workers + " others go on; their logs may say why.";
    };
  }
}
