package io.ticketflow.runners.doctor;

import io.ticketflow.runners.cluster.ClusterFolder;
import io.ticketflow.runners.cluster.LocalCluster;
import io.ticketflow.runners.job.ClusterOverview;
import java.io.IOException;
import java.util.Optional;

/** Whether a cluster of ours runs on this machine. */
final class ClusterCheck {
  private ClusterCheck() {}

  static Finding finding(ClusterFolder folder) {
    try {
      Optional<LocalCluster> cluster = LocalCluster.in(folder);
      if (cluster.isEmpty() || cluster.get().processes().isEmpty()) {
        return Finding.ok("cluster", "None runs; 'ticketflow cluster start' starts one.");
      }
      Optional<ClusterOverview> seen =
          cluster.get().isLed() ? cluster.get().overview() : Optional.empty();
      return seen.map(
              overview ->
                  Finding.ok(
                      "cluster",
                      "Runs with "
                          + overview.slots()
                          + " slots: --flinkMaster="
                          + cluster.get().master()))
          .orElseGet(
              () ->
                  Finding.warning(
                      "cluster",
                      "Its JobManager has ended or does not answer: 'ticketflow cluster start'"
                          + " starts it anew; its logs are in "
                          + folder.log()
                          + "."));
    } catch (IOException e) {
      return Finding.warning("cluster", folder.path() + " cannot be read: " + e.getMessage() + ".");
    }
  }
}
