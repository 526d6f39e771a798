package io.ticketflow.work;

import io.ticketflow.store.Effort;
import io.ticketflow.store.Filed;
import java.util.Optional;

/**
 * The result of an action.
 *
 * @param found whether it had been committed before; a {@link Worker} says so of what its pipeline
 *     did not make, or made for another
 * @param effort who made it, and when; empty if nobody has, or it is not known
 */
public record Done<T>(T result, boolean found, Optional<Effort> effort) {
  /** A result that nobody made. */
  public static <T> Done<T> promised(T result) {
    return new Done<>(result, false, Optional.empty());
  }

  /** The same, where what was made for that purpose is not found. */
  Done<T> madeFor(String purpose) {
    boolean made =
        !purpose.isEmpty() && effort.filter(by -> by.purpose().equals(purpose)).isPresent();
    return made ? new Done<>(result, false, effort) : this;
  }

  static <T> Done<T> of(Filed<T> filed, boolean found) {
    return new Done<>(filed.result(), found, filed.effort());
  }
}
