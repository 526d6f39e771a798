package io.ticketflow.runners.bench.scale;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.TicketPipeline;
import io.ticketflow.runners.launch.Launch;
import io.ticketflow.runners.sweep.Prepared;
import io.ticketflow.work.Workplace;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.jspecify.annotations.Nullable;

/** Flink's port to clusters: keeps the graph that it is given, and sends nothing. */
public final class KeptGraph implements PipelineExecutorServiceLoader, PipelineExecutorFactory {
  private static final String TARGET = "kept";

  private @Nullable JobGraph graph;

  private KeptGraph() {}

  /** An experiment's graph for so many slots, as Flink's client sends it. */
  public static JobGraph of(Experiment experiment, Path output, int slots) {
    Prepared prepared = Prepared.of(experiment, DevicePolicy.CPU);
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setUseDataStreamForBatch(true);
    options.setParallelism(slots);
    options.setAttachedMode(false);
    options.setFilesToStage(List.of());
    Pipeline pipeline = Pipeline.create(options);
    TicketPipeline.build(
        pipeline, prepared.records(), new Workplace(output.toString()), Launch.hands(options));
    Configuration configuration = new Configuration();
    configuration.set(BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_ENABLED, false);
    configuration.set(DeploymentOptions.TARGET, TARGET);
    configuration.set(DeploymentOptions.ATTACHED, false);
    KeptGraph port = new KeptGraph();
    StreamContextEnvironment.setAsContext(
        port, configuration, KeptGraph.class.getClassLoader(), false, true);
    try {
      pipeline.run();
    } catch (RuntimeException e) {
      if (port.graph == null) {
        throw e;
      }
    } finally {
      StreamContextEnvironment.unsetAsContext();
    }
    if (port.graph == null) {
      throw new IllegalStateException("the runner built no graph");
    }
    return port.graph;
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
    return (pipeline, settings, loader) -> {
      graph = PipelineExecutorUtils.getJobGraph(pipeline, settings, loader);
      throw new CancellationException("kept");
    };
  }
}
