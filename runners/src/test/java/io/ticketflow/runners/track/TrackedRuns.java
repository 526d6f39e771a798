package io.ticketflow.runners.track;

import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.schemas.RunRecord;
import java.util.Optional;

/** Runs as a tracker is told of them. */
final class TrackedRuns {
  static final RunStatus RUNNING =
      new RunStatus(RunState.RUNNING, "e", "now", null, 1, 0, 1, 0, 0, 1, null, "1");

  private TrackedRuns() {}

  static RunStatus ended(RunState state) {
    return RUNNING.ended(state, "now", 0, 0, Optional.empty());
  }

  static RunRecord run(String name, String spec) {
    return RunRecord.newBuilder()
        .setRun(name)
        .setMethod("imp")
        .setVariant("")
        .setDataset("glyphs")
        .setModel("mlp")
        .setSeed(1)
        .setSpec(spec)
        .build();
  }
}
