package io.ticketflow.method.step;

import io.ticketflow.schemas.MetricRow;
import java.util.List;

/** What a step brings forth: elements for the next one, and rows of tables. */
public interface Yield<O> {
  /** Hands an element to the next step. */
  void element(O element);

  /** Hands a row to its table. */
  void row(MetricRow row);

  /** Several rows at once. */
  default void rows(List<MetricRow> rows) {
    rows.forEach(this::row);
  }
}
