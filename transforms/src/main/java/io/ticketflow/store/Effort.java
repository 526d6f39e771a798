package io.ticketflow.store;

import java.util.Map;
import java.util.Optional;

/**
 * Who made the result of an action, and when. It is beside the result in its file, since no result
 * depends on it.
 *
 * @param begun when the attempt that succeeded began its work, in milliseconds since 1970 by the
 *     clock of its machine
 * @param worker the process, such as "node-3/4711"
 * @param tries attempts that it took with that one, at least 1: the others failed, or their workers
 *     died
 * @param purpose the call and the part of a run that it was made for; empty if nobody asks
 */
public record Effort(long begun, String worker, int tries, String purpose) {
  private static final String BEGUN = "ticketflow.begun";
  private static final String WORKER = "ticketflow.worker";
  private static final String TRIES = "ticketflow.tries";
  private static final String PURPOSE = "ticketflow.purpose";

  Map<String, String> asText() {
    return Map.of(
        BEGUN,
        Long.toString(begun),
        WORKER,
        worker,
        TRIES,
        Integer.toString(tries),
        PURPOSE,
        purpose);
  }

  /** Empty where a file says nothing of it, as older versions wrote them. */
  static Optional<Effort> of(Map<String, String> text) {
    String begun = text.get(BEGUN);
    String worker = text.get(WORKER);
    String tries = text.get(TRIES);
    return begun == null || worker == null || tries == null
        ? Optional.empty()
        : Optional.of(
            new Effort(
                Long.parseLong(begun),
                worker,
                Integer.parseInt(tries),
                text.getOrDefault(PURPOSE, "")));
  }
}
