package io.ticketflow.pipelines.compare;

import io.ticketflow.pipelines.report.Deliverables;
import io.ticketflow.schemas.CycleRow;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The test accuracy of a method's result in one cycle, with one seed.
 *
 * @param density share of the prunable entries that are kept
 * @param accuracy a fraction
 */
public record Accuracy(
    String method, String variant, int cycle, double density, long seed, double accuracy) {
  /** Of the rows of metrics/cycles, in an order of their own. */
  static List<Accuracy> of(Collection<CycleRow> rows) {
    return Deliverables.of(rows).stream()
        .filter(row -> row.getSplit().equals("test"))
        .filter(row -> row.getSubject().equals(Deliverables.RESULT))
        .map(
            row ->
                new Accuracy(
                    row.getMethod(),
                    row.getVariant(),
                    row.getCycle(),
                    row.getDensity(),
                    row.getSeed(),
                    row.getAccuracy()))
        .sorted(
            Comparator.comparing(Accuracy::cell)
                .thenComparingLong(Accuracy::seed)
                .thenComparingDouble(Accuracy::accuracy))
        .toList();
  }

  /** What seeds are compared within. */
  Cell cell() {
    return new Cell(method, variant, cycle);
  }

  /** One cycle of a method at one point of the axes. */
  record Cell(String method, String variant, int cycle) implements Comparable<Cell> {
    private static final Comparator<Cell> ORDER =
        Comparator.comparing(Cell::method)
            .thenComparing(Cell::variant)
            .thenComparingInt(Cell::cycle);

    @Override
    public int compareTo(Cell other) {
      return ORDER.compare(this, other);
    }
  }
}
