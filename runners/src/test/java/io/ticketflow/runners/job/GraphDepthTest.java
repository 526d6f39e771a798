package io.ticketflow.runners.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.pipelines.Experiment;
import io.ticketflow.runners.bench.scale.KeptGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client and JobManager go through a graph by recursion, with the stacks that threads have. */
class GraphDepthTest {
  /** Three quarters of what the JVM gives a thread, as not all of one is a graph's. */
  private static final long STACK = 3 << 18;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"swamp", "swamp-adaptive"}) // the latter has four rounds a cycle
  void aHundredCyclesPassWithTheStackOfAThread(String method) throws Exception {
    Experiment experiment = experiment(method);
    byte[] sent =
        withStack(
            () -> {
              JobGraph graph = KeptGraph.of(experiment, folder.resolve("out"), 2);
              return InstantiationUtil.serializeObject(graph);
            });
    JobGraph read =
        withStack(() -> InstantiationUtil.deserializeObject(sent, getClass().getClassLoader()));
    assertThat(read.getNumberOfVertices()).isGreaterThan(32);
  }

  private Experiment experiment(String method) throws IOException {
    Path file = folder.resolve("experiment.yaml");
    Files.writeString(
        file,
        """
        name: deep
        methods: [%s]
        data: {name: glyphs, train: 10, test: 10, size: 8}
        model: {name: resnet-20, width: 1}
        training: {engine: java, rewindEpochs: 0, batchSize: 10}
        pruning: {rate: 0.02, cycles: 99}
        particles: 4
        """
            .formatted(method));
    return Experiment.load(file, List.of());
  }

  private static <T> T withStack(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(null, task, "small-stack", STACK);
    thread.start();
    return task.get();
  }
}
