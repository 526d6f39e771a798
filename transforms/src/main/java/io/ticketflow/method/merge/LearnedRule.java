package io.ticketflow.method.merge;

import io.ticketflow.action.LearnedSoupAction;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;

/** A soup whose shares are learned on the validation split (Li et al. 2024). */
final class LearnedRule implements MergeRule {
  @Override
  public ArtifactRef merge(Performer by, Purpose purpose, Particles particles) {
    return soup(by, purpose, particles).result().getWeights();
  }

  @Override
  public void tell(Performer by, Purpose purpose, Particles particles, Rows table, Yield<?> out) {
    out.row(table.costs().search("soup", soup(by, purpose, particles)));
  }

  private static Done<SoupResult> soup(Performer by, Purpose purpose, Particles particles) {
    return by.perform(
        LearnedSoupAction.of(by.place(), Specs.of(purpose.run()), particles.networks()), purpose);
  }
}
