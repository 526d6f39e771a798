package io.ticketflow.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A result on file.
 *
 * @param effort empty if its file does not tell
 * @param parts what the action's key is the digest of; empty if its file does not tell
 */
public record Filed<T>(T result, Optional<Effort> effort, Optional<String> parts) {
  private static final String PARTS = "ticketflow.parts";

  /** A result of which nobody knows what it took. */
  public static <T> Filed<T> of(T result) {
    return new Filed<>(result, Optional.empty(), Optional.empty());
  }

  static <T> Filed<T> of(T result, Map<String, String> beside) {
    return new Filed<>(result, Effort.of(beside), parts(beside));
  }

  /** What a file says beside its record. */
  static Optional<String> parts(Map<String, String> beside) {
    return Optional.ofNullable(beside.get(PARTS));
  }

  /** What the file says beside the result. */
  Map<String, String> beside() {
    Map<String, String> beside = new HashMap<>();
    effort.ifPresent(known -> beside.putAll(known.asText()));
    parts.ifPresent(known -> beside.put(PARTS, known));
    return beside;
  }
}
