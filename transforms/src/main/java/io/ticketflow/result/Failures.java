package io.ticketflow.result;

import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.RunRecord;
import org.jspecify.annotations.Nullable;

/** What stops one run and leaves the others going. */
public final class Failures {
  private Failures() {}

  /** A failure; its message begins with cycle and particle. */
  public static FailureRecord of(
      RunRecord run, int cycle, @Nullable Integer particle, String message) {
    return FailureRecord.newBuilder(new RunIdentity(run, cycle).on(new FailureRecord()))
        .setParticle(particle)
        .setMessage(
            "cycle "
                + cycle
                + ", "
                + (particle == null ? "" : "particle " + particle + ", ")
                + message)
        .build();
  }
}
