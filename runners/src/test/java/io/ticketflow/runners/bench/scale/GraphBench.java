package io.ticketflow.runners.bench.scale;

import io.ticketflow.pipelines.Experiment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.jsonplan.JsonPlanGenerator;
import org.apache.flink.util.InstantiationUtil;

/** How large an experiment's graph is, as Flink gets it; nothing is sent. */
public final class GraphBench {
  private GraphBench() {}

  /**
   * Prints the figures of an experiment's file.
   *
   * @param args the file, an output, which is not written, and slots
   */
  public static void main(String[] args) throws IOException {
    JobGraph graph =
        KeptGraph.of(
            Experiment.load(Path.of(args[0]), List.of()),
            Path.of(args[1]),
            Integer.parseInt(args[2]));
    print("steps of the graph", graph.getNumberOfVertices());
    print("graph, bytes", InstantiationUtil.serializeObject(graph).length);
    print(
        "plan, bytes",
        JsonPlanGenerator.generatePlan(graph).getBytes(StandardCharsets.UTF_8).length);
  }

  private static void print(String what, long value) {
    System.out.printf(Locale.ROOT, "%-60s %10d%n", what, value);
  }
}
