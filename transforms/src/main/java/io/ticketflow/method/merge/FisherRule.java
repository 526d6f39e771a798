package io.ticketflow.method.merge;

import io.ticketflow.action.merge.FisherAction;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.Rows;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import java.util.List;

/** The mean weighted by each particle's Fisher information (Matena and Raffel 2022). */
final class FisherRule implements MergeRule {
  @Override
  public ArtifactRef merge(Performer by, Purpose purpose, Particles particles) {
    List<ArtifactRef> information =
        information(by, purpose, particles).stream()
            .map(done -> done.result().getArtifact())
            .toList();
    double floor = Specs.of(purpose.run()).merging().floor();
    return by.perform(FisherAction.mean(particles.networks(), information, floor), purpose)
        .result()
        .getArtifact();
  }

  @Override
  public void tell(Performer by, Purpose purpose, Particles particles, Rows table, Yield<?> out) {
    information(by, purpose, particles).forEach(done -> out.row(table.costs().cost("soup", done)));
  }

  private static List<Done<ArtifactResult>> information(
      Performer by, Purpose purpose, Particles particles) {
    RunSpec spec = Specs.of(purpose.run());
    return particles.networks().stream()
        .map(particle -> by.perform(FisherAction.of(by.place(), spec, particle), purpose))
        .toList();
  }
}
