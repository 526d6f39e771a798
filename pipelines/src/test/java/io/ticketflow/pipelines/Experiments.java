package io.ticketflow.pipelines;

import io.ticketflow.learn.data.Datasets;
import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.pipelines.experiment.RunRecords;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.TableReader;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Experiments from their YAML to their tables, on the DirectRunner. */
final class Experiments {
  /** Sets drawn in no time, and trainings of seconds. */
  static final String SMALL =
      """
      data: {name: glyphs, train: 700, test: 300, validation: 0.2}
      model: {name: lenet-300-100}
      training:
        epochs: 6
        rewindEpochs: 1
        batchSize: 32
        schedule: {name: linear, learningRate: 0.1}
        sparsifier: {segments: 3, interval: 10, phaseEpochs: 1, begin: 0.1, lookAhead: {minSteps: 1, maxSteps: 5}}
      pruning: {densities: [0.4, 0.1], saliency: {batchSize: 100, rounds: 20}}
      particles: 2
      """;

  /** The same with shorter trainings, for what is about their ends alone. */
  static final String SHORT = SMALL.replace("epochs: 6", "epochs: 2");

  private Experiments() {}

  /** An experiment whose data are digested. */
  static Experiment load(Path folder, String yaml) {
    try {
      Path file = Files.writeString(folder.resolve("experiment-under-test.yaml"), yaml);
      Experiment read = Experiment.load(file, List.of());
      return new Experiment(
          read.name(), read.runs().stream().map(Experiments::withData).toList(), read.resolved());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its runs. */
  static List<RunRecord> records(Path folder, String yaml) {
    return RunRecords.of(load(folder, yaml).runs());
  }

  private static PlannedRun withData(PlannedRun run) {
    DataSpec data = run.spec().data();
    return run.with(run.spec().withData(data.withDigest(Datasets.digest(data))));
  }

  /** Runs them, and what they plan next. */
  static Plan run(Path output, List<RunRecord> runs) {
    Sweeps.run(output, 2, runs.toArray(new RunRecord[0]));
    return Plan.of(runs, new Workplace(output.toString()));
  }

  static List<CycleRow> cycles(Path output) throws IOException {
    return TableReader.readFolder(
        CycleRow.class, new Location(output.toString()), "metrics/cycles");
  }
}
