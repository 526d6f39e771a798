package io.ticketflow.runners;

import io.ticketflow.pipelines.Experiment;
import io.ticketflow.runners.sweep.Prepared;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An experiment's file, what is changed in it, and where its results are. */
final class ExperimentArguments {
  @Parameters(index = "0", paramLabel = "FILE", description = "The experiment, a YAML file.")
  private Path file = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "Keys to change in it, such as training.epochs=3.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Where the results go; out/NAME if absent, NAME being the experiment's.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = "What networks are trained on: cpu (default), gpu0, gpu1, ...")
  private String device = "cpu";

  Experiment load() {
    return Experiment.load(file, overrides);
  }

  Path output(Experiment experiment) {
    return output.orElseGet(() -> Prepared.defaultOutput(experiment));
  }

  String device() {
    return device;
  }
}
