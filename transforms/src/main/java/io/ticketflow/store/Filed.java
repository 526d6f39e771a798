package io.ticketflow.store;

import java.util.Optional;

/**
 * A result on file.
 *
 * @param effort empty if its file does not tell
 */
public record Filed<T>(T result, Optional<Effort> effort) {
  /** A result of which nobody knows what it took. */
  public static <T> Filed<T> of(T result) {
    return new Filed<>(result, Optional.empty());
  }
}
