package io.ticketflow.action.prune;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.PrunedMask;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Workplace;
import java.util.Map;

/** What ranks the weights of a network when some of them are to go. */
interface MaskCriterion {
  /** What computes what it ranks by: the run's engine, unless a criterion differs. */
  default EngineName engine(RunSpec spec) {
    return spec.training().engine();
  }

  /**
   * What decides beside network, mask, scope and count, under names of its own.
   *
   * @param place its platform counts where the engine computes scores
   */
  Map<String, Object> dependsOn(Workplace place, RunSpec spec);

  /** A subset of the mask that keeps the {@code kept} entries of a network that rank highest. */
  PrunedMask prune(Attempt at, RunSpec spec, long kept, ArtifactRef weights, ArtifactRef mask);
}
