package io.ticketflow.method.measure;

import io.ticketflow.method.merge.MergeRules;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;

/** How the solution was found, where its particles were merged by a search. */
final class MergeSearch implements SolutionMeasure {
  @Override
  public void take(
      Performer by,
      RunSpec spec,
      Purpose purpose,
      MergedRecord solution,
      Rows table,
      Yield<?> out) {
    if (solution.getParticles().size() > 1) {
      MergeRules.of(spec.merge()).tell(by, spec, purpose, solution.getParticles(), table, out);
    }
  }
}
