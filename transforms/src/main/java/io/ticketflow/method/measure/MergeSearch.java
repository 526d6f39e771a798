package io.ticketflow.method.measure;

import io.ticketflow.method.merge.MergeRules;
import io.ticketflow.method.merge.Particles;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;

/** How the solution was found, where its particles were merged by a search. */
final class MergeSearch implements SolutionMeasure {
  @Override
  public void take(Performer by, MergedRecord solution, Yield<?> out) {
    Particles particles = Particles.of(solution.getTicket(), solution.getParticles());
    MergeRules.of(Specs.of(solution.getRun()), particles)
        .tell(
            by,
            Purpose.of(solution.getRun(), solution.getTicket()),
            particles,
            Rows.of(solution.getRun(), solution.getTicket()),
            out);
  }
}
