package io.ticketflow.work;

import io.ticketflow.schemas.RunRecord;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.spec.RunSpec;

/** The specification that a run's record carries. */
public final class Specs {
  private Specs() {}

  /** A run's specification. */
  public static RunSpec of(RunRecord run) {
    return CanonicalJson.read(run.getSpec(), RunSpec.class);
  }
}
