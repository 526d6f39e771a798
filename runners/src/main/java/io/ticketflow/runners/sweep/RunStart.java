package io.ticketflow.runners.sweep;

import io.ticketflow.learn.torch.TorchEngine;
import io.ticketflow.pipelines.FinishedSweep;
import io.ticketflow.pipelines.Plan;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.progress.Work;
import io.ticketflow.work.DryRun;
import io.ticketflow.work.TrainingProgress;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.util.ReleaseInfo;

/**
 * A sweep at its beginning.
 *
 * @param start of this invocation, or of the job that it looks at
 * @param status to write
 * @param work that there is to do
 * @param line to say
 * @param finished what there is to do if all is finished
 */
record RunStart(
    Instant start, RunStatus status, Work work, String line, Optional<FinishedSweep> finished) {
  /**
   * Plans, writes the experiment, and sweeps what an earlier run's progress was.
   *
   * @param required done before anything is written, if there is anything to do
   */
  static RunStart anew(
      Prepared prepared, OutputFolder folder, Workplace place, String version, Runnable required)
      throws IOException {
    Instant start = Instant.now();
    DryRun look = new DryRun(place);
    Plan plan = Plan.of(prepared.records(), look);
    Optional<FinishedSweep> finished = FinishedSweep.of(prepared.records(), plan, look);
    if (finished.isEmpty()) {
      required.run();
    }
    folder.writeExperiment(version, prepared.experiment().toYaml(versions(version)));
    TrainingProgress.clear(place.blobs());
    place.attempts().clear();
    int toRun = (int) plan.trainingsToRun();
    int all = PlanText.trainings(plan);
    RunStatus status =
        new RunStatus(
            RunState.RUNNING,
            prepared.experiment().name(),
            start.truncatedTo(ChronoUnit.MILLIS).toString(),
            null,
            prepared.records().size(),
            0,
            all,
            0,
            all - toRun,
            plan.epochsToRun(),
            null,
            version);
    return new RunStart(
        start,
        status,
        work(status),
        SweepText.opening(prepared, plan, folder.location()),
        finished);
  }

  /** Of a run that goes on as it is. */
  static RunStart of(RunStatus status, String line) {
    return new RunStart(
        Instant.parse(status.started()), status, work(status), line, Optional.empty());
  }

  static Work work(RunStatus status) {
    return new Work(status.trainings() - status.reused(), status.epochs());
  }

  static Map<String, String> versions(String version) {
    return Map.of(
        "ticketflow", version,
        "beam", ReleaseInfo.getReleaseInfo().getVersion(),
        "djl", TorchEngine.version());
  }
}
