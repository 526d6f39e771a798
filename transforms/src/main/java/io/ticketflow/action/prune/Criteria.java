package io.ticketflow.action.prune;

import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.math.RandomRanking;
import io.ticketflow.spec.PruningSpec.Criterion;
import java.util.EnumMap;
import java.util.Map;

/** Every criterion that a run can name, and how it works. */
final class Criteria {
  private static final Map<Criterion, MaskCriterion> ALL =
      new EnumMap<>(
          Map.of(
              Criterion.MAGNITUDE,
              new RankedCriterion(spec -> Map.of(), spec -> new MagnitudeRanking()),
              Criterion.RANDOM,
              new RankedCriterion(
                  spec -> Map.of("seed", spec.seed()), spec -> new RandomRanking(spec.seed())),
              Criterion.SNIP,
              new SnipCriterion(),
              Criterion.GRASP,
              new GraspCriterion(),
              Criterion.SYNFLOW,
              new SynFlowCriterion()));

  private Criteria() {}

  static MaskCriterion of(Criterion criterion) {
    MaskCriterion found = ALL.get(criterion);
    if (found == null) {
      throw new IllegalArgumentException("nothing is registered for " + criterion);
    }
    return found;
  }
}
