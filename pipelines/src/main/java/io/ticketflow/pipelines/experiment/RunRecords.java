package io.ticketflow.pipelines.experiment;

import io.ticketflow.schemas.RunRecord;
import io.ticketflow.settings.CanonicalJson;
import java.util.List;

/** Runs as the pipeline takes them. */
public final class RunRecords {
  private RunRecords() {}

  /** One a run, in order; a run's controls are listed, and are in its record too. */
  public static List<RunRecord> of(List<PlannedRun> runs) {
    return runs.stream()
        .map(
            run ->
                record(run)
                    .setControls(
                        Controls.of(run, runs).stream()
                            .map(control -> record(control).build())
                            .toList())
                    .build())
        .toList();
  }

  private static RunRecord.Builder record(PlannedRun run) {
    return RunRecord.newBuilder()
        .setRun(run.run())
        .setMethod(run.method())
        .setVariant(run.variant())
        .setDataset(run.spec().data().name())
        .setModel(run.spec().model().title())
        .setSeed(run.seed())
        .setSpec(CanonicalJson.write(run.spec()))
        .setEnsemble(run.ensemble().orElse(null))
        .setMember(run.member())
        .setInput(run.input().orElse(null));
  }
}
