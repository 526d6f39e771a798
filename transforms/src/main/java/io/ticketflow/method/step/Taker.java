package io.ticketflow.method.step;

import java.util.List;

/** Who takes steps one after the other, and hands on what each brings forth. */
@FunctionalInterface
public interface Taker {
  /** The elements that a step makes of one. */
  <I, O> List<O> take(Step<I, O> step, I element);
}
