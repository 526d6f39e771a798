package io.ticketflow.method.merge;

import io.ticketflow.spec.Merge;
import java.util.EnumMap;
import java.util.Map;

/** Every merge rule that a run can name, and how it works. */
public final class MergeRules {
  private static final Map<Merge, MergeRule> ALL =
      new EnumMap<>(Map.of(Merge.MEAN, new MeanRule(), Merge.GREEDY, new GreedyRule()));

  private MergeRules() {}

  /** The rule of that name. */
  public static MergeRule of(Merge merge) {
    MergeRule found = ALL.get(merge);
    if (found == null) {
      throw new IllegalArgumentException("nothing is registered for " + merge);
    }
    return found;
  }
}
