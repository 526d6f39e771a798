package io.ticketflow.runners.sweep;

import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.torch.ScriptCheck;
import io.ticketflow.network.Exclusions;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.experiment.PlannedRun;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.work.EngineChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs whose data and networks were read and fit each other, while the digests of the data are
 * still being computed: of large data they take longer than all else.
 */
public final class CheckedRuns {
  private final Experiment experiment;
  private final List<RunSpec> specs;

  private CheckedRuns(Experiment experiment, List<RunSpec> specs) {
    this.experiment = experiment;
    this.specs = specs;
  }

  /**
   * Reads every data set and every network; writes nothing.
   *
   * @param devices that they will be trained on
   * @throws io.ticketflow.spec.UserException in one sentence that names key or data set
   */
  public static CheckedRuns of(Experiment experiment, DevicePolicy devices) {
    ModelFiles files = new ModelFiles();
    List<RunSpec> specs = new ArrayList<>();
    for (PlannedRun planned : experiment.runs()) {
      specs.add(named(experiment, planned, () -> checked(files, devices, planned.spec())));
    }
    return new CheckedRuns(experiment, specs);
  }

  /** What they will train, each with its engine, and without the digest of its data. */
  public List<RunSpec> specs() {
    return Collections.unmodifiableList(specs);
  }

  /**
   * The same with the digests of their data, for which it waits.
   *
   * @throws io.ticketflow.spec.UserException naming an input that is not finished or was made from
   *     other images
   */
  public Prepared prepared() {
    List<PlannedRun> runs = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      PlannedRun planned = experiment.runs().get(i);
      RunSpec spec = specs.get(i);
      runs.add(planned.with(named(experiment, planned, () -> withDigest(planned, spec))));
    }
    return Prepared.of(experiment, runs);
  }

  /** Of several runs the one that cannot be is named. */
  private static RunSpec named(Experiment experiment, PlannedRun planned, Supplier<RunSpec> spec) {
    try {
      return spec.get();
    } catch (UserException e) {
      String run = experiment.runs().size() > 1 ? "run " + planned.run() + ": " : "";
      throw new UserException(run + e.getMessage());
    }
  }

  private static RunSpec withDigest(PlannedRun planned, RunSpec spec) {
    DataSpec data = planned.spec().data();
    RunSpec whole = spec.withData(whereverItRuns(data.withDigest(Datasets.digest(data))));
    planned.input().ifPresent(input -> InputCheck.check(input, planned.spec(), whole));
    return whole;
  }

  /** Data sets are read once a process, so a sweep over one of them costs one reading. */
  private static RunSpec checked(ModelFiles files, DevicePolicy devices, RunSpec spec) {
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
        spec.withModel(files.read(spec, graph))
            .withEngine(EngineChoice.of(spec.training().engine(), graph, devices));
    checkPruning(read, graph);
    ScriptCheck.check(graph, spec.model().torchscript());
    return read;
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
