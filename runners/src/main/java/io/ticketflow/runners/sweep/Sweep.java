package io.ticketflow.runners.sweep;

import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.Plan;
import io.ticketflow.pipelines.TicketPipeline;
import io.ticketflow.pipelines.experiment.StoredExperiment;
import io.ticketflow.runners.job.JobSubmission;
import io.ticketflow.runners.job.SubmittedJob;
import io.ticketflow.runners.launch.Launch;
import io.ticketflow.runners.launch.Target;
import io.ticketflow.runners.output.CallRecord;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.progress.ProgressWatcher;
import io.ticketflow.runners.progress.Reports;
import io.ticketflow.runners.track.Tracking;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Location;
import io.ticketflow.work.EngineChoice;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/** A prepared experiment on its way through the pipeline, in an output folder of its own. */
public final class Sweep {
  private final Prepared prepared;
  private final OutputFolder folder;
  private final Workplace place;
  private final BlobStore blobs;
  private final String version;
  private final Tracking tracking;

  /**
   * @param folder claimed by this process
   * @param place in that folder
   * @param version of the program
   * @param tracking told of the runs and of their end
   */
  public Sweep(
      Prepared prepared, OutputFolder folder, Workplace place, String version, Tracking tracking) {
    this.prepared = prepared;
    this.folder = folder;
    this.place = place;
    this.blobs = place.blobs();
    this.version = version;
    this.tracking = tracking;
  }

  /**
   * Refuses the folder if it holds another experiment.
   *
   * @throws UserException with what differs
   */
  public static void checkSame(Location output, Experiment experiment) throws IOException {
    String file = output.file(StoredExperiment.FILE);
    Optional<String> there = StoredExperiment.text(output);
    if (there.isEmpty()) {
      return;
    }
    List<String> differences = Experiment.differences(file, there.get(), experiment.toYaml());
    if (!differences.isEmpty()) {
      throw UserException.of(
          "The output folder %s holds another experiment (%s): name another folder with "
              + "--output=DIR.",
          output, String.join("; ", differences));
    }
  }

  /**
   * Whether the output is finished and holds every action that the experiment asks for, so that a
   * run would do nothing. Then only a record of the call is written.
   */
  public boolean isUnchanged(Terminal terminal) throws IOException {
    Location output = folder.location();
    Optional<RunStatus> last = RunStatus.read(output);
    if (last.isEmpty() || last.get().state() != RunState.DONE) {
      return false;
    }
    if (!Plan.of(prepared.records(), place).isFinished()) {
      return false;
    }
    String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    RunStatus call = last.get().unchanged(now, version);
    call.write(output);
    CallRecord.keep(output, call, RunStart.versions(version));
    terminal
        .out()
        .println(
            "Nothing has changed since "
                + last.get().started().replaceFirst("\\.\\d+Z$", "Z")
                + ": all "
                + call.trainings()
                + " networks are in "
                + output
                + ".");
    terminal.out().flush();
    return true;
  }

  /**
   * Refuses what would train.
   *
   * @throws UserException if a network of the experiment is not in the folder
   */
  public void checkTrained() {
    long missing = Plan.of(prepared.records(), place).trainingsToRun();
    if (missing > 0) {
      throw UserException.of(
          "%s lacks %d networks of its experiment, as this version of Ticketflow would train them"
              + " on this machine, and nothing is to be trained: 'run' without --no-training"
              + " trains them.",
          folder.location(), missing);
    }
  }

  /** Trains, or finds trained, all that the experiment asks for, and says how it went. */
  public Outcome run(Target target, Terminal terminal) throws IOException {
    RunStart opening =
        RunStart.anew(prepared, folder, place, version, () -> requireEngines(target));
    return follow(opening, execution(target, opening, terminal), terminal);
  }

  private void requireEngines(Target target) {
    if (target instanceof Target.Here) { // workers of a cluster have their own
      prepared.needs().forEach(EngineChoice::require);
    }
  }

  /** Goes on with a job that an earlier call sent, to the same end. */
  public Outcome attach(SubmittedJob job, RunStatus status, Terminal terminal) throws IOException {
    String line =
        prepared.experiment().name() + ": job " + job.job() + " works on it: watching it again";
    return follow(RunStart.of(status, line), new ClusterJob(job, terminal::say), terminal);
  }

  /** Sends the job and leaves it to its cluster. */
  public SubmittedJob detach(Target.Cluster target, Terminal terminal) throws IOException {
    RunStart opening = RunStart.anew(prepared, folder, place, version, () -> {});
    ClusterJob job = clusterJob(target, opening.start(), terminal);
    RunEnding closing = RunEnding.of(opening.status(), folder.location(), terminal, job, tracking);
    terminal.say(opening.line());
    try {
      job.start();
    } catch (IOException | RuntimeException | Error e) {
      closing.failed(e);
      throw e;
    }
    closing.left();
    return job.job();
  }

  /** Where the runner may keep settings of its own. */
  public static Path scratch(Location output) {
    return output
        .folder()
        .map(folder -> folder.resolve("tmp/flink"))
        .orElseGet(
            () ->
                Path.of(System.getProperty("java.io.tmpdir"))
                    .resolve("ticketflow-flink-" + ProcessHandle.current().pid()));
  }

  private Outcome follow(RunStart opening, JobExecution execution, Terminal terminal)
      throws IOException {
    Location output = folder.location();
    tracking.begun(opening.status(), prepared.records());
    RunEnding closing = RunEnding.of(opening.status(), output, terminal, execution, tracking);
    terminal.say(opening.line());
    Outcome outcome;
    try {
      execution.start();
      try (ProgressWatcher watcher =
          new ProgressWatcher(
              opening.work(),
              opening.start(),
              new Reports(blobs),
              execution::phase,
              terminal.progress(opening.work()))) {
        closing.watched(watcher);
        execution.await();
      }
      // The watcher has shown the last reports: only now may they go.
      outcome = FinishedRun.of(prepared.records().size(), output, blobs);
    } catch (IOException | RuntimeException | Error e) {
      closing.failed(e);
      throw e;
    }
    closing.ended(outcome);
    long millis = opening.start().until(Instant.now(), ChronoUnit.MILLIS);
    SweepText.closing(outcome, output, millis, terminal).forEach(terminal.out()::println);
    terminal.out().flush();
    closing.tracked();
    return outcome;
  }

  private JobExecution execution(Target target, RunStart opening, Terminal terminal)
      throws IOException {
    // Workers of a cluster look for themselves: another processor's actions have other keys.
    if (target instanceof Target.Cluster cluster) {
      return clusterJob(cluster, opening.start(), terminal);
    }
    SubmittedJob.remove(blobs);
    if (opening.finished().isPresent()) {
      return new AllFound(opening.finished().get());
    }
    PipelineOptions options = target.options();
    Launch.prepare(options, scratch(folder.location()));
    return new InProcess(pipeline(options));
  }

  private ClusterJob clusterJob(Target.Cluster target, Instant start, Terminal terminal) {
    target.options().setJobName("ticketflow " + prepared.experiment().name());
    String master = target.facts().address().toString();
    String submitted = start.truncatedTo(ChronoUnit.MILLIS).toString();
    return new ClusterJob(
        announced ->
            new JobSubmission(target.facts().address(), target.jars())
                .send(
                    pipeline(target.options()),
                    job -> {
                      SubmittedJob known = new SubmittedJob(master, job, submitted);
                      announced.accept(known);
                      known.write(blobs); // before the job exists: who dies in between finds it
                    }),
        terminal::say);
  }

  private Pipeline pipeline(PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    TicketPipeline.build(pipeline, prepared.records(), place, Launch.hands(options));
    return pipeline;
  }
}
