package io.ticketflow.runners;

import io.ticketflow.runners.cluster.ClusterScale;
import io.ticketflow.runners.cluster.LocalCluster;
import io.ticketflow.runners.doctor.NativeLibraries;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Adds TaskManagers to a cluster that runs, or takes some away. */
@Command(
    name = "scale",
    description = {
      "Sets how many TaskManagers a running cluster has.",
      "A job with more --parallelism than slots uses those that are added at once. Trainings of one",
      "that is taken away go on elsewhere, from their last checkpoint."
    })
final class ClusterScaleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ClusterCommand.Where where = new ClusterCommand.Where();

  @Option(
      names = "--taskmanagers",
      paramLabel = "N",
      required = true,
      description = "Processes that train; those of the highest numbers are ended.")
  private int taskManagers;

  @Option(
      names = "--slots",
      paramLabel = "S",
      description = "Trainings at once in each that is added; default: as 'start' was told.")
  private Optional<Integer> slots = Optional.empty();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    NativeLibraries.load(); // from the folders that its processes take theirs from
    OptionalInt each = slots.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    LocalCluster cluster = ClusterScale.run(where.folder(), taskManagers, each);
    cluster.overview().ifPresent(seen -> out.println(ClusterCommand.summary(cluster, seen)));
    return ExitCode.DONE;
  }
}
