package io.ticketflow.pipelines;

import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.ImportAction;
import io.ticketflow.action.PoolAction;
import io.ticketflow.action.Workplace;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.spec.PoolSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.Blobs;
import java.util.List;

/** What is made of a run's solutions, in the plan. */
final class PlannedPools {
  private PlannedPools() {}

  /** Of an earlier run's solutions, whose networks are measured here too. */
  static void ofInput(Workplace place, PlanWalk walk, RunRecord run, RunSpec spec) {
    List<SolutionRecord> solutions =
        ImportAction.read(Blobs.at(run.getInput().getOutput()), run.getInput());
    for (SolutionRecord solution : solutions) {
      List<String> alone = List.of(solution.getWeights().getSha256());
      walk.evaluate(EvaluationAction.key(place, spec, alone), solution.getCycle(), null);
    }
    if (!spec.pool().joined()) {
      of(
          place,
          walk,
          spec,
          solutions.stream().map(solution -> solution.getWeights().getSha256()).toList(),
          solutions.isEmpty() ? 0 : solutions.get(0).getTotal());
    }
  }

  /**
   * Of a run's own solutions.
   *
   * @param solutions digests or names, from the first cycle's on
   * @param total prunable entries
   */
  static void of(Workplace place, PlanWalk walk, RunSpec spec, List<String> solutions, long total) {
    for (PoolSpec.Kind kind : spec.pool().kinds()) {
      for (int i = 0; i < solutions.size(); i++) {
        int cycle = spec.firstCycle() + i;
        if (spec.pool().makes(kind, i, cycle)) {
          String key = PoolAction.key(place, spec, kind, i, solutions, spec.keptIn(cycle, total));
          String network = walk.soup("pool", key, cycle);
          walk.evaluate(EvaluationAction.key(place, spec, List.of(network)), cycle, null);
        }
      }
    }
  }
}
