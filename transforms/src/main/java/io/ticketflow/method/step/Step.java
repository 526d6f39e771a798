package io.ticketflow.method.step;

import io.ticketflow.work.Performer;
import java.io.Serializable;

/**
 * One step on the way of a run. It holds nothing, so it may be taken on any worker.
 *
 * @param <I> what it takes
 * @param <O> what the next step takes
 */
@FunctionalInterface
public interface Step<I, O> extends Serializable {
  /** Takes one element; what stops its run comes out as a row. */
  void take(Performer by, I element, Yield<O> out);
}
