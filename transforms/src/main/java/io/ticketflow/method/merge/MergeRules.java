package io.ticketflow.method.merge;

import io.ticketflow.spec.Merge;
import io.ticketflow.spec.RunSpec;
import java.util.EnumMap;
import java.util.Map;

/** Every merge rule that a run can name, and how it works. */
public final class MergeRules {
  private static final Map<Merge, MergeRule> ALL =
      new EnumMap<>(
          Map.of(
              Merge.MEAN, new MeanRule(),
              Merge.GREEDY, new GreedyRule(),
              Merge.STOCK, new StockRule(),
              Merge.TIES, new TiesRule(),
              Merge.KARCHER, new KarcherRule(),
              Merge.FISHER, new FisherRule(),
              Merge.LEARNED, new LearnedRule()));

  private MergeRules() {}

  /** The rule by which a cycle's particles are merged: one alone is its own mean. */
  public static MergeRule of(RunSpec spec, Particles particles) {
    Merge merge = particles.networks().size() == 1 ? Merge.MEAN : spec.merge();
    MergeRule found = ALL.get(merge);
    if (found == null) {
      throw new IllegalArgumentException("nothing is registered for " + merge);
    }
    return found;
  }
}
