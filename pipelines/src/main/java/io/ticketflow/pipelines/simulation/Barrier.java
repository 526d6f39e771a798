package io.ticketflow.pipelines.simulation;

import static java.util.stream.Collectors.toList;

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
  },

  /**
   * A run waits for its own works only, and for those that it shares with another run, as the
   * pipeline does it; the stages that gather what was made come at the end.
   */
  RUN {
    @Override
    List<List<Stage>> chains(List<List<Stage>> runs) {
      return runs;
    }
  };

  /** Whether a cycle's works wait until the stages of the cycle before have gathered theirs. */
  boolean holdsCyclesApart() {
    return this == CYCLE;
  }

  /** Chains of stages, each of which begins when the one before it in its chain is done. */
  abstract List<List<Stage>> chains(List<List<Stage>> runs);
}
