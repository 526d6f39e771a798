package io.ticketflow.work;

/** The expensive part of an action. */
@FunctionalInterface
public interface Making<R> {
  /** Its result, whose artifact is stored already. */
  R make(Attempt attempt);
}
