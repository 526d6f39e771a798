package io.ticketflow.work;

import io.ticketflow.schemas.RunRecord;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.settings.Remembered;
import io.ticketflow.spec.RunSpec;

/** The specification that a run's record carries. */
public final class Specs {
  /** Every step asks, and reading takes longer than most steps. */
  private static final Remembered<String, RunSpec> READ =
      new Remembered<>(1024, text -> CanonicalJson.read(text, RunSpec.class));

  private Specs() {}

  /** A run's specification. */
  public static RunSpec of(RunRecord run) {
    return READ.of(run.getSpec());
  }
}
