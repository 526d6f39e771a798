package io.ticketflow.runners;

import io.ticketflow.runners.cluster.ClusterSettings;
import io.ticketflow.runners.cluster.ClusterStart;
import io.ticketflow.runners.cluster.LocalCluster;
import io.ticketflow.runners.doctor.NativeLibraries;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a cluster, or what is missing of it. */
@Command(
    name = "start",
    description = {
      "Starts a JobManager and its TaskManagers as processes that stay, on 127.0.0.1.",
      "Of a cluster that runs, starts again the TaskManagers that have ended."
    })
final class ClusterStartCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ClusterCommand.Where where = new ClusterCommand.Where();

  @Option(
      names = "--taskmanagers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Processes that train; default: ${DEFAULT-VALUE}.")
  private int taskManagers;

  @Option(
      names = "--slots",
      paramLabel = "S",
      defaultValue = "2",
      description = "Trainings at once in each of them; default: ${DEFAULT-VALUE}.")
  private int slots;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "8081",
      description = "Of REST and the web UI, 0 for any free one; default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--taskmanager-memory",
      paramLabel = "SIZE",
      defaultValue = "3g",
      description = "Of each TaskManager, tensors on top; default: ${DEFAULT-VALUE}.")
  private String memory = "";

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "A setting of Flink's; wins over conf/clusters/local.yaml.")
  private Map<String, String> more = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    ClusterSettings settings = new ClusterSettings(taskManagers, slots, port, memory, more);
    NativeLibraries.load(); // from the folders that its processes take theirs from
    LocalCluster cluster = ClusterStart.run(where.folder(), settings);
    cluster.overview().ifPresent(seen -> out.println(ClusterCommand.summary(cluster, seen)));
    out.println("Its state and logs are in " + cluster.folder().path() + ".");
    return ExitCode.DONE;
  }
}
