package io.ticketflow.runners.sweep;

import io.ticketflow.action.prune.PruningAction;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.torch.ScriptCheck;
import io.ticketflow.method.measure.Surveys;
import io.ticketflow.network.Exclusions;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.pipelines.experiment.RunRecords;
import io.ticketflow.result.InputSolutions;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.InputRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Blobs;
import io.ticketflow.store.Location;
import io.ticketflow.work.EngineChoice;
import io.ticketflow.work.Specs;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An experiment that can be trained: its data are there and whole, its networks fit them.
 *
 * @param experiment its runs' data carry the digest of their content
 * @param records the same runs as the pipeline takes them
 * @param engines a sentence on what auto chose; empty where no run leaves its engine open
 */
public record Prepared(Experiment experiment, List<RunRecord> records, List<String> engines) {
  public Prepared {
    records = List.copyOf(records);
    engines = List.copyOf(engines);
  }

  /**
   * Reads the file, every data set and every network; writes nothing.
   *
   * @param devices that it will be trained on
   * @throws io.ticketflow.spec.UserException in one sentence that names file, key or data set
   */
  public static Prepared of(Experiment experiment, DevicePolicy devices) {
    List<PlannedRun> runs = new ArrayList<>();
    Reading reading = new Reading(new ModelFiles(), devices);
    for (PlannedRun planned : experiment.runs()) {
      runs.add(
          planned.with(
              withData(
                  reading,
                  planned,
                  experiment.runs().size() > 1 ? "run " + planned.run() + ": " : "")));
    }
    return new Prepared(
        new Experiment(experiment.name(), runs, experiment.resolved()),
        RunRecords.of(runs),
        engines(experiment.runs(), runs));
  }

  /** The engines that its runs need. */
  public Set<EngineName> needs() {
    return experiment.runs().stream()
        .map(PlannedRun::spec)
        .flatMap(
            spec ->
                Stream.concat(PruningAction.engines(spec).stream(), Surveys.engines(spec).stream()))
        .collect(Collectors.toSet());
  }

  /** What a user should know before this is trained: a sentence each. */
  public List<String> notices() {
    List<String> all = new ArrayList<>(experiment.notices());
    all.addAll(engines);
    return all;
  }

  private static List<String> engines(List<PlannedRun> asked, List<PlannedRun> chosen) {
    Map<EngineName, Long> counts = new TreeMap<>();
    for (int i = 0; i < asked.size(); i++) {
      if (asked.get(i).spec().training().engine() == EngineName.AUTO) {
        counts.merge(chosen.get(i).spec().training().engine(), 1L, Long::sum);
      }
    }
    if (counts.isEmpty()) {
      return List.of();
    }
    return List.of(
        "Engine auto: "
            + counts.entrySet().stream()
                .map(e -> e.getKey().name().toLowerCase(Locale.ROOT) + " for " + runs(e.getValue()))
                .collect(Collectors.joining(", "))
            + ".");
  }

  private static String runs(long count) {
    return count == 1 ? "1 run" : count + " runs";
  }

  /** Each run's specification, by its name. */
  Map<String, RunSpec> specs() {
    return records.stream().collect(Collectors.toMap(RunRecord::getRun, Specs::of));
  }

  /** Where the results go unless the user says: out/NAME below the current folder. */
  public static Location defaultOutput(Experiment experiment) {
    String name = experiment.name().replaceAll("[^\\p{L}\\p{N}._-]+", "-");
    return new Location("out/" + (name.replaceAll("^\\.+", "").isEmpty() ? "experiment" : name));
  }

  /** What is read once for all runs, and what they are trained on. */
  private record Reading(ModelFiles files, DevicePolicy devices) {}

  private static RunSpec withData(Reading reading, PlannedRun planned, String prefix) {
    try {
      RunSpec spec = withData(reading, planned.spec());
      planned.input().ifPresent(input -> checkInput(input, planned.spec(), spec));
      return spec;
    } catch (UserException e) {
      throw new UserException(prefix + e.getMessage());
    }
  }

  /** Data sets are read once a process, so a sweep over one of them costs one reading. */
  private static RunSpec withData(Reading reading, RunSpec spec) {
    Datasets.Shape shape = Datasets.shape(spec.data());
    if (shape.classes() < 2) {
      throw UserException.of(
          "data.dir must hold images of at least 2 classes, got %s in %s",
          shape.classes(), spec.data().dir());
    }
    ModelGraph graph =
        ModelZoo.build(
            spec.model(), shape.channels(), shape.height(), shape.width(), shape.classes());
    RunSpec read =
        spec.withData(whereverItRuns(spec.data().withDigest(Datasets.digest(spec.data()))))
            .withModel(reading.files.read(spec, graph))
            .withEngine(EngineChoice.of(spec.training().engine(), graph, reading.devices));
    checkPruning(read, graph);
    ScriptCheck.check(graph, spec.model().torchscript());
    return read;
  }

  /** A run that is not finished has too few solutions; other images give other measures. */
  private static void checkInput(InputRecord input, RunSpec trained, RunSpec here) {
    BlobStore there = Blobs.at(input.getOutput());
    List<SolutionRecord> found = InputSolutions.read(there, input);
    found.forEach(solution -> checkThere(there, input, solution.getWeights()));
    int solutions = found.size();
    int cycles = trained.lastCycle() - trained.firstCycle() + 1;
    if (solutions < cycles) {
      throw UserException.of(
          "input run %s of %s has %d of %d solutions: finish it first",
          input.getRun(), input.getOutput(), solutions, cycles);
    }
    if (!trained.data().digest().equals(here.data().digest())) {
      throw UserException.of(
          "the images in %s are others than input run %s was trained on",
          here.data().dir(), input.getRun());
    }
  }

  /** A plain file by its size; its digest is checked when it is read. */
  private static void checkThere(BlobStore there, InputRecord input, ArtifactRef artifact) {
    String path = artifact.getPath();
    try {
      if (new ArtifactStore(there).isPresent(artifact)) {
        return;
      }
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException(
          input.getOutput() + "/" + path + ": " + e.getMessage(), e.getCause());
    }
    throw UserException.of(
        "input run %s of %s lacks its file %s, or has a part of it only",
        input.getRun(), input.getOutput(), path);
  }

  /** With the data's folder as processes in other folders find it; no result depends on it. */
  private static DataSpec whereverItRuns(DataSpec data) {
    return data.dir().isEmpty()
        ? data
        : data.at(Path.of(data.dir()).toAbsolutePath().normalize().toString());
  }

  /**
   * What pruning would find only after trainings: patterns that match nothing, nothing that is
   * left.
   */
  private static void checkPruning(RunSpec spec, ModelGraph graph) {
    Exclusions exclusions = new Exclusions(spec.pruning().exclude());
    List<ParameterSpec> all = graph.prunable(Exclusions.NONE);
    exclusions.check(all.stream().map(ParameterSpec::name).toList());
    long total = graph.prunable(exclusions).stream().mapToLong(ParameterSpec::size).sum();
    int last = spec.lastCycle();
    long start = spec.model().kept();
    if (spec.model().masks() && last > 0 && spec.keptIn(1, total) > start) {
      throw UserException.of(
          "pruning.densities must begin at most at %s, as the masks in model.weights keep %s of %s"
              + " weights",
          (double) start / total, start, total);
    }
    if (spec.keptIn(last, total) < 1) {
      throw UserException.of(
          "pruning leaves none of the %s weights in cycle %s: pruning.cycles or "
              + "pruning.rate must be lower",
          total, last);
    }
  }
}
