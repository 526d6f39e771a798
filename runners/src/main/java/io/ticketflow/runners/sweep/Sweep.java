package io.ticketflow.runners.sweep;

import ai.djl.engine.Engine;
import io.ticketflow.action.Workplace;
import io.ticketflow.beam.TrainingProgress;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.Plan;
import io.ticketflow.pipelines.TicketPipeline;
import io.ticketflow.pipelines.report.Report;
import io.ticketflow.runners.launch.Launch;
import io.ticketflow.runners.output.AtomicFile;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.progress.ProgressWatcher;
import io.ticketflow.runners.progress.Work;
import io.ticketflow.spec.SpecException;
import io.ticketflow.store.BlobStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.ReleaseInfo;

/** A prepared experiment on its way through the pipeline, in an output folder of its own. */
public final class Sweep {
  private final Prepared prepared;
  private final OutputFolder folder;
  private final Workplace place;
  private final BlobStore blobs;
  private final String version;

  /**
   * @param folder claimed by this process
   * @param place in that folder
   * @param version of the program
   */
  public Sweep(Prepared prepared, OutputFolder folder, Workplace place, String version) {
    this.prepared = prepared;
    this.folder = folder;
    this.place = place;
    this.blobs = place.blobs();
    this.version = version;
  }

  /**
   * Refuses the folder if it holds another experiment.
   *
   * @throws SpecException with what differs
   */
  public static void checkSame(Path output, Experiment experiment) throws IOException {
    String file = output.resolve("experiment.yaml").toString();
    Optional<String> there;
    try {
      there = OutputFolder.experimentOf(output);
    } catch (CharacterCodingException e) {
      throw new SpecException(
          file + " cannot be read: it is not UTF-8 text; it is not as Ticketflow wrote it");
    }
    if (there.isEmpty()) {
      return;
    }
    List<String> differences = Experiment.differences(file, there.get(), experiment.toYaml());
    if (!differences.isEmpty()) {
      throw new SpecException(
          "The output folder "
              + output
              + " holds another experiment ("
              + String.join("; ", differences)
              + "): name another folder with --output=DIR.");
    }
  }

  /** Trains, or finds trained, all that the experiment asks for, and says how it went. */
  public Outcome run(PipelineOptions options, Terminal terminal) throws IOException {
    Instant start = Instant.now();
    Path output = folder.path();
    folder.writeExperiment(version, prepared.experiment().toYaml(versions()));
    Launch.prepare(options, scratch(output));
    TrainingProgress.clear(blobs);
    place.attempts().clear();
    Plan plan = Plan.of(prepared.records(), place);
    Work work = new Work((int) plan.trainingsToRun(), plan.epochsToRun());
    Closing closing = new Closing(status(start, plan), output, terminal);
    terminal.err().println(SweepText.opening(prepared, plan, output));
    terminal.err().flush();
    Outcome outcome;
    try {
      try (ProgressWatcher watcher =
          new ProgressWatcher(work, this::reports, terminal.progress(work))) {
        closing.open(watcher);
        Pipeline pipeline = Pipeline.create(options);
        TicketPipeline.build(pipeline, prepared.records(), place);
        pipeline.run().waitUntilFinish();
      }
      // The watcher has shown the last reports: only now may they go.
      outcome = Outcome.of(prepared.records().size(), output);
      writeReport(output);
      TrainingProgress.clear(blobs);
    } catch (IOException | RuntimeException | Error e) {
      closing.failed(e);
      throw e;
    }
    closing.ended(outcome);
    SweepText.closing(outcome, output, start.until(Instant.now(), ChronoUnit.MILLIS), terminal)
        .forEach(terminal.out()::println);
    terminal.out().flush();
    return outcome;
  }

  /** Where the runner may keep settings of its own. */
  public static Path scratch(Path output) {
    return output.resolve("tmp/flink");
  }

  private static void writeReport(Path output) throws IOException {
    ByteArrayOutputStream html = new ByteArrayOutputStream();
    Report.ofFolders(List.of(output), html);
    AtomicFile.write(output.resolve("report.html"), html.toString(StandardCharsets.UTF_8));
  }

  private Map<String, String> versions() {
    return Map.of(
        "ticketflow", version,
        "beam", ReleaseInfo.getReleaseInfo().getVersion(),
        "djl", Engine.getDjlVersion());
  }

  private List<TrainingProgress> reports() {
    try {
      return TrainingProgress.readAll(blobs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RunStatus status(Instant start, Plan plan) {
    int toRun = (int) plan.trainingsToRun();
    int all = PlanText.trainings(plan);
    return new RunStatus(
        RunState.RUNNING,
        prepared.experiment().name(),
        start.truncatedTo(ChronoUnit.SECONDS).toString(),
        null,
        prepared.records().size(),
        0,
        all,
        0,
        all - toRun,
        null,
        version);
  }
}
