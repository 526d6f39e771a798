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
            + " so far: TaskManager "
            + String.join(", ", gone)
            + " is gone, "
            + (ids.isEmpty()
                ? "and no other is left: the job waits until the cluster has one again."
                : "and " + ids.size() + " others go on; its log may say why."));
  }
}
