package io.ticketflow.runners.launch;

import io.ticketflow.method.queue.Hands;
import io.ticketflow.method.queue.Order;
import io.ticketflow.runners.job.ClusterAddress;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/** Beam's options for this machine: what the user wrote, and defaults for the rest. */
public final class Launch {
  private static final String LOCAL = "[local]";

  /** Beam's own default, which in a process that Flink did not start is the same. */
  private static final String AUTO = "[auto]";

  private Launch() {}

  /**
   * Where to run, and with which options; writes nothing.
   *
   * @param given what the user wrote, which is never overridden
   * @param places where the results go, and where outputs share them
   * @param scratch the folder that {@link #prepare} may write to
   * @param cores how many trainings run at once unless the user says otherwise
   * @throws UserException if a cluster is named that does not suit
   */
  public static Target target(BeamArguments given, List<String> places, Path scratch, int cores) {
    Optional<ClusterAddress> cluster = master(given);
    return cluster.isPresent()
        ? ClusterLaunch.target(given, cluster.get(), places)
        : here(given, scratch, cores);
  }

  /** What the user wrote is looked at now; without anything the options wait for a pipeline. */
  private static Target here(BeamArguments given, Path scratch, int cores) {
    if (given.given().isEmpty()) {
      return new Target.Here(() -> options(given, scratch, cores));
    }
    PipelineOptions options = options(given, scratch, cores);
    return new Target.Here(() -> options);
  }

  /**
   * The cluster of other processes that the arguments name, if they do.
   *
   * @throws UserException if the runner could not go there
   */
  public static Optional<ClusterAddress> master(BeamArguments given) {
    Optional<ClusterAddress> cluster = given.value("flinkMaster").flatMap(Launch::cluster);
    if (cluster.isPresent() && !onFlink(given)) {
      throw UserException.of(
          "--flinkMaster=%s names a cluster: it needs --runner=FlinkRunner", cluster.get());
    }
    return cluster;
  }

  /**
   * The cluster that a value of --flinkMaster names; empty for a cluster inside this process.
   *
   * @throws UserException if it names neither
   */
  static Optional<ClusterAddress> cluster(String master) {
    return master.equals(LOCAL) || master.equals(AUTO)
        ? Optional.empty()
        : Optional.of(ClusterAddress.parse(master));
  }

  /** Whether these arguments choose Flink, in this process or elsewhere. */
  public static boolean onFlink(BeamArguments given) {
    return onFlink(given.options());
  }

  /** What goes first, by these arguments. */
  public static Order order(BeamArguments given) {
    return order(given.options());
  }

  private static Order order(PipelineOptions options) {
    return Order.of(options.as(QueueOptions.class).getOrder()).orElseThrow();
  }

  private static boolean onFlink(PipelineOptions options) {
    return options.getRunner().equals(FlinkRunner.class);
  }

  static PipelineOptions options(BeamArguments given, Path scratch, int cores) {
    if (onFlink(given)) {
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
    if (options.getFlinkMaster().equals(AUTO)) {
      options.setFlinkMaster(LOCAL); // as Beam gives settings to no other
    }
    if (options.getFlinkMaster().equals(LOCAL) && !given.has("flinkConfDir")) {
      options.setFlinkConfDir(scratch.toAbsolutePath().toString());
    }
    return options;
  }

  /** One hand a slot of the runner, with options as {@link #target} makes them. */
  public static Hands hands(PipelineOptions options) {
    Order order = order(options);
    return onFlink(options)
        ? new Hands(options.as(FlinkPipelineOptions.class).getParallelism(), order, false)
        : new Hands(options.as(DirectOptions.class).getTargetParallelism(), order, true);
  }

  /** Writes what the runner reads at its start, if it needs anything from the scratch folder. */
  public static void prepare(PipelineOptions options, Path scratch) throws IOException {
    if (onFlink(options)) {
      FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
      if (scratch.toAbsolutePath().toString().equals(flink.getFlinkConfDir())) {
        FlinkConfiguration.write(scratch, flink.getParallelism());
      }
    }
  }
}
