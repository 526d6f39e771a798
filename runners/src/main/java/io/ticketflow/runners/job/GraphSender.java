package io.ticketflow.runners.job;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.deployment.ClusterClientJobClientAdapter;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.jobgraph.JobGraph;

/** Flink's port to clusters: takes one graph, names its steps, announces and sends it. */
final class GraphSender
    implements PipelineExecutorServiceLoader, PipelineExecutorFactory, PipelineExecutor {
  static final String TARGET = "ticketflow";

  /** The jars travel with the graph, over whatever line there is. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final JobSubmission.Announcement announcement;
  private boolean sent;

  GraphSender(JobSubmission.Announcement announcement) {
    this.announcement = announcement;
  }

  void requireSent() {
    if (!sent) {
      throw new IllegalStateException("the runner built no graph");
    }
  }

  @Override
  public CompletableFuture<JobClient> execute(
      Pipeline pipeline, Configuration configuration, ClassLoader loader) throws Exception {
    JobGraph graph = PipelineExecutorUtils.getJobGraph(pipeline, configuration, loader);
    StepNames.apply(graph);
    JobID job = graph.getJobID();
    announcement.accept(job.toHexString());
    try (RestClusterClient<StandaloneClusterId> cluster = client(configuration)) {
      cluster.submitJob(graph).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throwOwnOverflow(e);
      throw new JobFailedException("The cluster did not take the job: " + RootCause.sentence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobCancelledException("Cancelled while the job was sent.");
    } catch (TimeoutException e) {
      throw new JobFailedException(
          "The cluster did not take the job: no answer within "
              + PATIENCE.toMinutes()
              + " minutes.");
    }
    sent = true;
    return CompletableFuture.completedFuture(
        new ClusterClientJobClientAdapter<>(() -> reopened(configuration), job, loader));
  }

  /** A thread of this process writes the graph; too small a stack is mended differently here. */
  private static void throwOwnOverflow(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof StackOverflowError overflow) {
        throw overflow;
      }
    }
  }

  private static RestClusterClient<StandaloneClusterId> client(Configuration configuration)
      throws Exception {
    return new RestClusterClient<>(configuration, StandaloneClusterId.getInstance());
  }

  private static RestClusterClient<StandaloneClusterId> reopened(Configuration configuration) {
    try {
      return client(configuration);
    } catch (Exception e) {
      throw new IllegalStateException("the cluster cannot be reached", e);
    }
  }

  @Override
  public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
    return this;
  }

  @Override
  public Stream<String> getExecutorNames() {
    return Stream.of(TARGET);
  }

  @Override
  public String getName() {
    return TARGET;
  }

  @Override
  public boolean isCompatibleWith(Configuration configuration) {
    return TARGET.equals(configuration.get(DeploymentOptions.TARGET));
  }

  @Override
  public PipelineExecutor getExecutor(Configuration configuration) {
    return this;
  }
}
