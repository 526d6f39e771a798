package io.ticketflow.pipelines.compare;

import io.ticketflow.pipelines.report.NaturalOrder;
import java.util.Comparator;
import java.util.List;

/**
 * One thing that is compared by its digest, in the order in which a run makes them: what is first
 * here is what the others follow from.
 *
 * @param what mask and weights (of the ticket), particle 0 …, solution, pool KIND, or the folder of
 *     a table, whose rows of this cycle are meant
 */
public record Part(String run, int cycle, String what) implements Comparable<Part> {
  static final String MASK = "mask";
  static final String WEIGHTS = "weights";
  static final String EPOCHS = "metrics/epochs";
  static final String PARTICLE = "particle ";
  static final String SOLUTION = "solution";
  static final String POOL = "pool ";

  private static final List<String> STAGES =
      List.of(MASK, WEIGHTS, "metrics/layers", EPOCHS, PARTICLE, SOLUTION, "metrics/", POOL);

  private static final Comparator<String> NATURAL = new NaturalOrder();
  private static final Comparator<Part> ORDER =
      Comparator.comparing(Part::run, NATURAL)
          .thenComparingInt(Part::cycle)
          .thenComparingInt(Part::stage)
          .thenComparing(Part::what, NATURAL);

  @Override
  public int compareTo(Part other) {
    return ORDER.compare(this, other);
  }

  private int stage() {
    int stage = 0;
    while (stage < STAGES.size() && !what.startsWith(STAGES.get(stage))) {
      stage++;
    }
    return stage;
  }

  /** Such as "imp-seed1, cycle 2, particle 0". */
  String text() {
    return run + ", cycle " + cycle + ", " + what;
  }
}
