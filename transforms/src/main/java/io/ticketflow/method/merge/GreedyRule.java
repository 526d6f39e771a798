package io.ticketflow.method.merge;

import io.ticketflow.action.SoupAction;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.SoupResult;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;

/** A greedy soup (Wortsman et al. 2022); its tries go to the table of searches. */
final class GreedyRule implements MergeRule {
  @Override
  public ArtifactRef merge(Performer by, Purpose purpose, Particles particles) {
    return soup(by, purpose, particles).result().getWeights();
  }

  @Override
  public void tell(Performer by, Purpose purpose, Particles particles, Rows table, Yield<?> out) {
    Done<SoupResult> soup = soup(by, purpose, particles);
    out.rows(table.searches("soup", soup.result().getTrials()));
    out.row(table.costs().search("soup", soup));
  }

  private static Done<SoupResult> soup(Performer by, Purpose purpose, Particles particles) {
    return by.perform(
        SoupAction.of(by.place(), Specs.of(purpose.run()), particles.networks()), purpose);
  }
}
