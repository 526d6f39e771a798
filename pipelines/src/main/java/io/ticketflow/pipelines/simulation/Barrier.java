package io.ticketflow.pipelines.simulation;

import static java.util.stream.Collectors.toList;

import io.ticketflow.pipelines.TicketPipeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who waits for whom between stages. */
public enum Barrier {
  /** A stage of a cycle begins when all runs are through the one before. */
  CYCLE {
    @Override
    List<List<Stage>> chains(List<List<Stage>> runs) {
      Comparator<Stage> order = Comparator.comparing(Stage::cycle);
      Map<Stage, List<Work>> together = new TreeMap<>(order.thenComparing(Stage::phase));
      for (Stage stage : runs.stream().flatMap(Collection::stream).toList()) {
        together.computeIfAbsent(stage, any -> new ArrayList<>()).addAll(stage.works());
      }
      return List.of(
          together.entrySet().stream()
              .map(each -> new Stage(each.getKey().cycle(), each.getKey().phase(), each.getValue()))
              .collect(toList()));
    }

    @Override
    int part(Stage stage) {
      return stage.cycle();
    }

    @Override
    long gatherings(long cycles) {
      return cycles;
    }
  },

  /**
   * As the pipeline does it: what looks back at all cycles waits for the last cycle of any run.
   * Before that a run waits for its own works only, and for those that it shares with another run.
   */
  RUN {
    @Override
    List<List<Stage>> chains(List<List<Stage>> runs) {
      return runs;
    }

    @Override
    int part(Stage stage) {
      return stage.cycle() == Stage.ALL_CYCLES ? 1 : 0;
    }

    /** Cycles without stages of their own share one. */
    @Override
    long gatherings(long cycles) {
      return Math.min(cycles, TicketPipeline.STAGED_ROUNDS);
    }
  };

  /** Chains of stages, each of which begins when the one before it in its chain is done. */
  abstract List<List<Stage>> chains(List<List<Stage>> runs);

  /**
   * The part of the workload that a stage belongs to: a chain comes to no part before all chains
   * are through with lower ones. It never decreases along a chain.
   */
  abstract int part(Stage stage);

  /** How often stages gather what so many cycles made. */
  abstract long gatherings(long cycles);
}
