package io.ticketflow.method.step;

import io.ticketflow.schemas.MetricRow;
import java.util.List;

/** What a step brings forth: elements for the next one, and rows of tables. */
public interface Yield<O> {
  void element(O element);

  void row(MetricRow row);

  /** Several rows at once. */
  default void rows(List<MetricRow> rows) {
    rows.forEach(this::row);
  }
}
