package io.ticketflow.runners.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.jspecify.annotations.Nullable;

/**
 * Sends a pipeline to a cluster and does not wait for its end.
 *
 * <p>Beam's runner builds the graph and, in place of a way to a cluster, gets {@link GraphSender}:
 * so the job has its name and number before it exists, and its steps have readable names.
 */
public final class JobSubmission {
  /** Called with the job's number before it is sent: who dies in between finds it again. */
  @FunctionalInterface
  public interface Announcement {
    void accept(String job) throws IOException;
  }

  private final ClusterAddress cluster;
  private final List<Path> jars;

  /**
   * @param jars with all that the cluster does not have; must stay until the job is sent
   */
  public JobSubmission(ClusterAddress cluster, List<Path> jars) {
    this.cluster = cluster;
    this.jars = List.copyOf(jars);
  }

  /**
   * Sends the pipeline; returns when the cluster has taken it.
   *
   * @throws RuntimeException if it was not taken, somewhere in whose chain is a sentence
   */
  public void send(Pipeline pipeline, Announcement announcement) {
    FlinkPipelineOptions options = pipeline.getOptions().as(FlinkPipelineOptions.class);
    options.setFlinkMaster("[auto]"); // which asks the context that is set below
    options.setAttachedMode(false);
    Configuration configuration = configuration(options.getFlinkConfDir());
    GraphSender sender = new GraphSender(announcement);
    StreamContextEnvironment.setAsContext(
        sender, configuration, JobSubmission.class.getClassLoader(), false, true);
    try {
      pipeline.run();
    } finally {
      StreamContextEnvironment.unsetAsContext();
    }
    sender.requireSent();
  }

  private Configuration configuration(@Nullable String folder) {
    Configuration configuration =
        folder == null ? new Configuration() : GlobalConfiguration.loadConfiguration(folder);
    // Settled where the graph is built: with Flink's default all trainings would run in one slot.
    configuration.set(BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_ENABLED, false);
    configuration.set(DeploymentOptions.TARGET, GraphSender.TARGET);
    configuration.set(DeploymentOptions.ATTACHED, false);
    configuration.set(RestOptions.ADDRESS, cluster.host());
    configuration.set(RestOptions.PORT, cluster.port());
    configuration.set(
        PipelineOptions.JARS, jars.stream().map(jar -> jar.toUri().toString()).toList());
    return configuration;
  }
}
