package io.ticketflow.runners;

import io.ticketflow.runners.cluster.ClusterFolder;
import io.ticketflow.runners.cluster.ClusterProcess;
import io.ticketflow.runners.cluster.LocalCluster;
import io.ticketflow.runners.job.ClusterOverview;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A Flink cluster on this machine. */
@Command(
    name = "cluster",
    description = "Starts, scales, shows and stops a Flink cluster on this machine.",
    subcommands = {
      ClusterStartCommand.class,
      ClusterScaleCommand.class,
      ClusterCommand.StatusCommand.class,
      ClusterCommand.StopCommand.class
    })
public final class ClusterCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "A command is missing: start, scale, status or stop.");
  }

  /** Which cluster is meant. */
  static final class Where {
    @Option(
        names = "--folder",
        paramLabel = "DIR",
        description = "Where its state and logs are; default: ~/.ticketflow/cluster.")
    private Optional<Path> folder = Optional.empty();

    ClusterFolder folder() {
      return folder.map(ClusterFolder::new).orElseGet(ClusterFolder::standard);
    }
  }

  /** Shows a cluster. */
  @Command(
      name = "status",
      description = "Shows a cluster's processes and slots; 1 if it does not run, or not whole.")
  static final class StatusCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private Where where = new Where();

    @Override
    public Integer call() throws IOException, InterruptedException {
      PrintWriter out = spec.commandLine().getOut();
      Optional<LocalCluster> cluster = LocalCluster.in(where.folder());
      List<ClusterProcess> processes = cluster.isPresent() ? cluster.get().processes() : List.of();
      if (cluster.isEmpty() || processes.isEmpty()) {
        out.println("No cluster runs from " + where.folder().path() + ".");
        return ExitCode.FAILED;
      }
      processes.forEach(process -> out.println(line(process)));
      Optional<ClusterOverview> overview = cluster.get().overview();
      out.println(
          overview
                  .map(seen -> summary(cluster.get(), seen))
                  .orElse("The JobManager does not answer.")
              + " Logs are in "
              + cluster.get().folder().log()
              + ".");
      boolean whole = overview.isPresent() && processes.stream().allMatch(ClusterProcess::isAlive);
      return whole ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  /** Ends a cluster. */
  @Command(
      name = "stop",
      description = "Ends the processes of a cluster, and no others; its logs stay.")
  static final class StopCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private Where where = new Where();

    @Override
    public Integer call() throws IOException, InterruptedException {
      Optional<LocalCluster> cluster = LocalCluster.in(where.folder());
      int ended = cluster.isPresent() ? cluster.get().stop() : 0;
      spec.commandLine()
          .getOut()
          .println(
              ended == 0
                  ? "No cluster runs from " + where.folder().path() + "."
                  : "Stopped the cluster's " + ended + " processes.");
      return ExitCode.DONE;
    }
  }

  static String summary(LocalCluster cluster, ClusterOverview seen) {
    return String.format(
        Locale.ROOT,
        "%d TaskManager%s, %d slots (%d free), %d jobs running: --flinkMaster=%s, web UI "
            + "http://%s/.",
        seen.taskManagers(),
        seen.taskManagers() == 1 ? "" : "s",
        seen.slots(),
        seen.freeSlots(),
        seen.jobsRunning(),
        cluster.master(),
        cluster.master());
  }

  private static String line(ClusterProcess process) {
    if (!process.isAlive()) {
      return String.format(
          Locale.ROOT, "%-15s has ended (was process %d)", process.name(), process.pid());
    }
    String memory =
        process
            .residentBytes()
            .map(bytes -> String.format(Locale.ROOT, ", %d MiB", bytes >> 20))
            .orElse("");
    return String.format(Locale.ROOT, "%-15s process %d%s", process.name(), process.pid(), memory);
  }
}
