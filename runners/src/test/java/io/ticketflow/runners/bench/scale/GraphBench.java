package io.ticketflow.runners.bench.scale;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.TicketPipeline;
import io.ticketflow.runners.launch.Launch;
import io.ticketflow.runners.sweep.Prepared;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
import org.apache.flink.runtime.jobgraph.jsonplan.JsonPlanGenerator;
import org.apache.flink.util.InstantiationUtil;

/** How large an experiment's graph is, as Flink gets it; nothing is sent. */
public final class GraphBench {
  private static final String TARGET = "measured";

  private GraphBench() {}

  /**
   * Prints the figures of an experiment's file.
   *
   * @param args the file, an output, which is not written, and slots
   */
  public static void main(String[] args) throws IOException {
    Prepared prepared = Prepared.of(Experiment.load(Path.of(args[0]), List.of()), DevicePolicy.CPU);
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setUseDataStreamForBatch(true);
    options.setParallelism(Integer.parseInt(args[2]));
    options.setAttachedMode(false);
    options.setFilesToStage(List.of());
    Pipeline pipeline = Pipeline.create(options);
    TicketPipeline.build(
        pipeline, prepared.records(), new Workplace(args[1]), Launch.hands(options));
    Configuration configuration = new Configuration();
    configuration.set(BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_ENABLED, false);
    configuration.set(DeploymentOptions.TARGET, TARGET);
    configuration.set(DeploymentOptions.ATTACHED, false);
    StreamContextEnvironment.setAsContext(
        new Loader(), configuration, GraphBench.class.getClassLoader(), false, true);
    try {
      pipeline.run();
    } catch (RuntimeException e) {
      if (Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
          .noneMatch(CancellationException.class::isInstance)) {
        throw e;
      }
    } finally {
      StreamContextEnvironment.unsetAsContext();
    }
  }

  private static void measure(JobGraph graph) throws IOException {
    print("steps of the graph", graph.getNumberOfVertices());
    print("graph, bytes", InstantiationUtil.serializeObject(graph).length);
    print(
        "plan, bytes",
        JsonPlanGenerator.generatePlan(graph).getBytes(StandardCharsets.UTF_8).length);
  }

  private static void print(String what, long value) {
    System.out.printf(Locale.ROOT, "%-60s %10d%n", what, value);
  }

  /** Flink's port to clusters: measures the graph that it is given. */
  private static final class Loader
      implements PipelineExecutorServiceLoader, PipelineExecutorFactory {
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
        measure(PipelineExecutorUtils.getJobGraph(pipeline, settings, loader));
        throw new CancellationException("measured");
      };
    }
  }
}
