package io.ticketflow.runners.sweep;

import io.ticketflow.runners.job.JobFailure;
import io.ticketflow.runners.job.RootCause;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells a job that fails for lack of a class from one that may recover: Flink would start it again
 * for minutes. Once may be the end of a worker that is taken down; a second time it is the program.
 */
final class MissingCode {
  private OptionalLong first = OptionalLong.empty();

  /**
   * Looks at a job's last failure.
   *
   * @return the cause in one sentence, if it is the second of this kind
   */
  Optional<String> seen(JobFailure last) {
    if (!RootCause.isMissingCode(last.stackTrace())) {
      return Optional.empty();
    }
    if (first.isEmpty()) {
      first = OptionalLong.of(last.millis());
    }
    return last.millis() > first.getAsLong()
        ? Optional.of(RootCause.sentence(last.stackTrace()))
        : Optional.empty();
  }
}
