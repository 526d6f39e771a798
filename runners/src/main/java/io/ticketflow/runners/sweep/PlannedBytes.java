package io.ticketflow.runners.sweep;

import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.network.Exclusions;
import io.ticketflow.pipelines.Plan;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.PlannedAction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much a plan would store: of a network four bytes a weight that its cycle keeps, and a bit a
 * weight that could be pruned; of a mask the bits alone. Tables and checkpoints, which go again,
 * are not counted.
 */
final class PlannedBytes {
  private final Prepared prepared;
  private final Map<List<Object>, ModelGraph> graphs = new HashMap<>();
  private final Map<String, Sizes> runs = new HashMap<>();

  PlannedBytes(Prepared prepared) {
    this.prepared = prepared;
  }

  /** Entries of a run's network: trained ones, those that may be pruned, those kept by cycle. */
  private record Sizes(long all, long prunable, Map<Integer, Long> kept) {}

  long of(Plan plan) {
    Map<String, RunSpec> specs = prepared.specs();
    long bytes = 0;
    for (PlannedAction action : plan.actions()) {
      RunSpec spec = specs.get(action.run());
      if (action.isLacking() && spec != null) {
        bytes += bytes(action, spec);
      }
    }
    return bytes;
  }

  private long bytes(PlannedAction action, RunSpec spec) {
    Sizes sizes = runs.computeIfAbsent(action.run(), any -> sizes(spec));
    long total = sizes.prunable();
    boolean dense = action.cycle() < spec.firstCycle();
    int cycle = Math.min(action.cycle(), spec.lastCycle());
    long kept =
        dense ? total : sizes.kept().computeIfAbsent(cycle, any -> spec.keptIn(cycle, total));
    return switch (action.makes()) {
      case NOTHING -> 0;
      case MASK -> total / Byte.SIZE;
      case NETWORK -> Float.BYTES * (sizes.all() - total + kept) + total / Byte.SIZE;
    };
  }

  private Sizes sizes(RunSpec spec) {
    ModelGraph graph = graph(spec.data(), spec.model());
    long prunable =
        graph.prunable(new Exclusions(spec.pruning().exclude())).stream()
            .mapToLong(ParameterSpec::size)
            .sum();
    return new Sizes(graph.parameterCount(), prunable, new HashMap<>());
  }

  private ModelGraph graph(DataSpec data, ModelSpec model) {
    return graphs.computeIfAbsent(
        List.of(data, model),
        key -> {
          Datasets.Shape shape = Datasets.shape(data);
          return ModelZoo.build(
              model, shape.channels(), shape.height(), shape.width(), shape.classes());
        });
  }
}
