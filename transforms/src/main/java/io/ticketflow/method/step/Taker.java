package io.ticketflow.method.step;

import io.ticketflow.schemas.MetricRow;
import io.ticketflow.work.Performer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Who takes steps one after the other, and hands on what each brings forth. */
@FunctionalInterface
public interface Taker {
  /** The elements that a step makes of one. */
  <I, O> List<O> take(Step<I, O> step, I element);

  /**
   * Takes steps by a performer.
   *
   * @param rows gets the rows of all of them
   */
  static Taker of(Performer by, Consumer<MetricRow> rows) {
    return new Taker() {
      @Override
      public <I, O> List<O> take(Step<I, O> step, I element) {
        List<O> elements = new ArrayList<>();
        step.take(
            by,
            element,
            new Yield<>() {
              @Override
              public void element(O next) {
                elements.add(next);
              }

              @Override
              public void row(MetricRow row) {
                rows.accept(row);
              }
            });
        return elements;
      }
    };
  }
}
