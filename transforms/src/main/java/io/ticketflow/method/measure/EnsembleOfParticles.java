package io.ticketflow.method.measure;

import io.ticketflow.action.EvaluationAction;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;

/** The particles' probabilities, averaged: as many networks at inference, as a yardstick. */
final class EnsembleOfParticles implements SolutionMeasure {
  @Override
  public void take(Performer by, MergedRecord solution, Yield<?> out) {
    RunSpec spec = Specs.of(solution.getRun());
    if (isWanted(spec, solution)) {
      Done<EvaluationResult> together =
          by.perform(
              EvaluationAction.of(by.place(), spec, solution.getParticles()),
              Purpose.of(solution.getRun(), solution.getTicket()));
      Rows table = Rows.of(solution.getRun(), solution.getTicket());
      out.rows(table.scores("ensemble", together.result()));
      out.row(table.costs().evaluation(null, together));
    }
  }

  /** The particles of a segment are on their way, and those of a member are not its ensemble. */
  private static boolean isWanted(RunSpec spec, MergedRecord solution) {
    return spec.evaluation().ensemble()
        && solution.getParticles().size() > 1
        && solution.getRun().getEnsemble() == null
        && spec.regime().delivers(solution.getTicket().getCycle());
  }
}
