package io.ticketflow.runners;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketflow.pipelines.experiment.StoredExperiment;
import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.output.TemporaryFolder;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Adds measures to a finished output. */
@Command(
    name = "measure",
    description = {
      "Adds measures to a finished output; nothing is trained.",
      "",
      "It is 'run --no-training' of the output's own experiment, whose tables and report grow."
    },
    footer = {"", "All options of 'run' are taken too, such as --targetParallelism=4."})
public final class MeasureCommand implements Callable<Integer> {
  private static final String TAKE = "measure.take";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "OUTPUT", description = "What 'run' has written.")
  private Location output = new Location(".");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "Keys of measure: to change, such as measure.points=60.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--add",
      paramLabel = "NAME",
      split = ",",
      description = "What to measure beside what is, as measure.take has it: hull,diversity.")
  private List<String> added = new ArrayList<>();

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description = "Where outputs share what is made, as 'run' takes it.")
  private Optional<Location> store = Optional.empty();

  @Unmatched private List<String> others = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    StorageArguments.find(new BeamArguments(others), output);
    for (String override : overrides) {
      if (!override.startsWith("measure.")) {
        throw UserException.of(
            "measure changes keys of measure: alone, got %s; what is trained stays as it is",
            override);
      }
    }
    Set<String> take = new LinkedHashSet<>();
    for (JsonNode name : StoredExperiment.of(output).tree().path("measure").path("take")) {
      take.add(name.asText());
    }
    take.addAll(added);
    Optional<Path> local = output.folder();
    if (local.isPresent()) {
      return measure(local.get().resolve(StoredExperiment.FILE), take);
    }
    try (TemporaryFolder folder = TemporaryFolder.make("ticketflow-measure")) {
      Path file = folder.path().resolve(StoredExperiment.FILE);
      Files.writeString(file, StoredExperiment.text(output).orElseThrow());
      return measure(file, take);
    }
  }

  private int measure(Path experiment, Set<String> take) {
    List<String> arguments = new ArrayList<>(List.of("run", experiment.toString()));
    if (!added.isEmpty()) {
      arguments.add(TAKE + "=[" + String.join(", ", take) + "]");
    }
    arguments.addAll(overrides);
    arguments.addAll(List.of("--output=" + output, "--no-training"));
    store.ifPresent(place -> arguments.add("--store=" + place));
    arguments.addAll(others);
    return spec.commandLine().getParent().execute(arguments.toArray(String[]::new));
  }
}
