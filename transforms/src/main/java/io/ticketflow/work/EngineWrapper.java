package io.ticketflow.work;

import io.ticketflow.learn.train.Calculator;

/**
 * Lies around every engine of a process and changes no bit of a result: it may take its time, or
 * look at what is computed. Implementations are found by {@link java.util.ServiceLoader}; the
 * program has none, and {@code runners/bench/scale} has one whose trainings last as long as asked.
 */
public interface EngineWrapper {
  /** The same calculator, wrapped. */
  Calculator around(Calculator own);
}
