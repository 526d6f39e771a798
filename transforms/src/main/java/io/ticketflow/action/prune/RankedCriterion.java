package io.ticketflow.action.prune;

import io.ticketflow.math.Ranking;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactPruning;
import io.ticketflow.store.PrunedMask;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Workplace;
import java.util.Map;
import java.util.function.Function;

/**
 * A criterion that looks at each weight alone: the network is streamed.
 *
 * @param decisive what the ranking depends on
 */
record RankedCriterion(
    Function<RunSpec, Map<String, Object>> decisive, Function<RunSpec, Ranking> ranking)
    implements MaskCriterion {
  @Override
  public Map<String, Object> dependsOn(Workplace place, RunSpec spec) {
    return decisive.apply(spec);
  }

  @Override
  public PrunedMask prune(
      Attempt at, RunSpec spec, long kept, ArtifactRef weights, ArtifactRef mask) {
    return new ArtifactPruning(at.artifacts())
        .prune(weights, mask, spec.pruning(), ranking.apply(spec), kept);
  }
}
