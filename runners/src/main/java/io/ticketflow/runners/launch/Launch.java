package io.ticketflow.runners.launch;

import io.ticketflow.runners.job.ClusterAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/** Beam's options for this machine: what the user wrote, and defaults for the rest. */
public final class Launch {
  private static final String LOCAL = "[local]";

  private Launch() {}

  /**
   * Where to run, and with which options; writes nothing.
   *
   * @param given what the user wrote, which is never overridden
   * @param output where the results go
   * @param scratch the folder that {@link #prepare} may write to
   * @param cores how many trainings run at once unless the user says otherwise
   * @throws io.ticketflow.spec.SpecException if a cluster is named that does not suit
   */
  public static Target target(BeamArguments given, String output, Path scratch, int cores) {
    return master(given).isPresent()
        ? ClusterLaunch.target(given, output)
        : new Target.Here(options(given, scratch, cores));
  }

  /** The cluster of other processes that the arguments name, if they do. */
  public static Optional<ClusterAddress> master(BeamArguments given) {
    return given.options().getRunner().equals(FlinkRunner.class)
        ? given
            .value("flinkMaster")
            .filter(master -> !master.startsWith("["))
            .map(ClusterAddress::parse)
        : Optional.empty();
  }

  static PipelineOptions options(BeamArguments given, Path scratch, int cores) {
    if (given.options().getRunner().equals(FlinkRunner.class)) {
      return flink(given, scratch, cores);
    }
    // One bundle at a time a worker; checks that copy every element are for tests.
    return given
        .withDefault("targetParallelism", cores)
        .withDefault("enforceImmutability", false)
        .withDefault("enforceEncodability", false)
        .options();
  }

  private static PipelineOptions flink(BeamArguments given, Path scratch, int cores) {
    BeamArguments arguments =
        given
            .withDefault("flinkMaster", LOCAL)
            // The DataSet path starts the stages of all cycles at once and runs out of buffers.
            .withDefault("useDataStreamForBatch", true)
            .withDefault("parallelism", cores);
    FlinkPipelineOptions options = arguments.options().as(FlinkPipelineOptions.class);
    if (options.getFlinkMaster().equals(LOCAL) && !given.has("flinkConfDir")) {
      options.setFlinkConfDir(scratch.toAbsolutePath().toString());
    }
    return options;
  }

  /** Writes what the runner reads at its start, if it needs anything from the scratch folder. */
  public static void prepare(PipelineOptions options, Path scratch) throws IOException {
    if (options.getRunner().equals(FlinkRunner.class)) {
      FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
      if (scratch.toAbsolutePath().toString().equals(flink.getFlinkConfDir())) {
        FlinkConfiguration.write(scratch, flink.getParallelism());
      }
    }
  }
}
