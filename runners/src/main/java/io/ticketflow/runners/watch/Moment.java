package io.ticketflow.runners.watch;

import io.ticketflow.runners.sweep.StatusSnapshot;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as its viewers see it.
 *
 * @param standing of the run
 * @param page what is finished of it
 * @param seen when files were looked at
 * @param trouble why they could not be read just then, a sentence; all else is as it was before
 */
record Moment(
    StatusSnapshot standing, LiveReport.Page page, Instant seen, Optional<String> trouble) {
  Moment without(String why) {
    return new Moment(standing, page, seen, Optional.of(why));
  }

  /** Whether no more is to be expected, unless somebody runs the experiment again. */
  boolean isOver() {
    return standing.isOver() || trouble.isPresent();
  }
}
