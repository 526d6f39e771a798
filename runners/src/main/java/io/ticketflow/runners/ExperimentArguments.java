package io.ticketflow.runners;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.runners.launch.Devices;
import io.ticketflow.runners.launch.Target;
import io.ticketflow.runners.output.StoreFolder;
import io.ticketflow.runners.sweep.Prepared;
import io.ticketflow.store.Location;
import io.ticketflow.work.CheckpointPolicy;
import io.ticketflow.work.Workplace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
      description = {
        "Where the results go: a folder, or hdfs://HOST:PORT/DIR, s3://BUCKET/PREFIX,",
        "gs://BUCKET/PREFIX; out/NAME if absent, NAME being the experiment's."
      })
  private Optional<Location> output = Optional.empty();

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description = {
        "Where outputs share what is trained: a folder or URI as --output takes it. What it has",
        "is copied into the output, what it lacks is added to it."
      })
  private Optional<Location> store = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "${env:TICKETFLOW_DEVICE:-auto}",
      description = {
        "What networks are trained on: cpu, gpu (all that a worker sees), gpu:INDEX,",
        "or auto (default): GPUs where there are any. Or set TICKETFLOW_DEVICE."
      })
  private String device = "auto";

  @Option(
      names = "--trainersPerDevice",
      paramLabel = "N",
      defaultValue = "${env:TICKETFLOW_TRAINERS_PER_DEVICE:-1}",
      description = {
        "Trainings at once on one GPU, 1 if absent; on CPUs the runner's parallelism says it.",
        "Or set TICKETFLOW_TRAINERS_PER_DEVICE."
      })
  private int trainersPerDevice = 1;

  @Option(
      names = "--threadsPerTraining",
      paramLabel = "N",
      defaultValue = "1",
      description = {
        "Threads of one training of engine java, 1 if absent: for few trainings of large networks.",
        "The results are the same; as many fewer trainings run at once."
      })
  private int threadsPerTraining = 1;

  @Option(
      names = "--checkpointEpochs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Keep a training's state every N epochs (default 1; 0: never) ...")
  private int checkpointEpochs = 1;

  @Option(
      names = "--checkpointMinutes",
      paramLabel = "M",
      defaultValue = "0.5",
      description = "... but at most every M minutes (default 0.5).")
  private double checkpointMinutes = 0.5;

  @Option(
      names = "--print-config",
      description = "Only print the experiment with every key, and where each value comes from.")
  private boolean printConfig;

  /** Whether the user wants to see the experiment and nothing else; then it has been printed. */
  boolean printed(PrintWriter out) {
    if (printConfig) {
      Experiment unused = load(); // what has no meaning is refused, not printed
      Experiment.printed(file, overrides).forEach(out::println);
      out.flush();
    }
    return printConfig;
  }

  Experiment load() {
    return Experiment.load(file, overrides);
  }

  Location output(Experiment experiment) {
    return output.orElseGet(() -> Prepared.defaultOutput(experiment));
  }

  /** The output, and the store if there is one. */
  Location[] storage(Location output) {
    return Stream.concat(Stream.of(output), store.stream()).toArray(Location[]::new);
  }

  /** Refuses a store that cannot be one of that output; reads only. */
  void checkStore(Location output) {
    store.ifPresent(place -> StoreFolder.check(place, output));
  }

  /** Makes the store if there is none. */
  void openStore() {
    store.ifPresent(StoreFolder::open);
  }

  /** Trainings in this process, or in a cluster inside it. */
  DevicePolicy devices() {
    return Devices.policy(device, trainersPerDevice).withThreads(threadsPerTraining);
  }

  /** How many trainings this machine's cores take at once. */
  int places() {
    return Math.max(
        1, Runtime.getRuntime().availableProcessors() / Math.max(1, threadsPerTraining));
  }

  CheckpointPolicy checkpointing() {
    return new CheckpointPolicy(checkpointEpochs, checkpointMinutes);
  }

  /** Where and how actions happen, in this process. */
  Workplace workplace(Location output) {
    return workplace(output, devices());
  }

  /**
   * Where and how actions happen.
   *
   * @param target the cluster, of its workers' devices; empty if the devices are settled already
   */
  Workplace workplace(Location output, Optional<Target> target) {
    if (target.isEmpty()) {
      return workplace(output, DevicePolicy.CPU);
    }
    return target.get() instanceof Target.Cluster cluster
        ? workplace(
            output,
            DevicePolicy.of(device, cluster.facts().device().equals("gpu"), trainersPerDevice)
                .withThreads(threadsPerTraining))
        : workplace(output);
  }

  private Workplace workplace(Location output, DevicePolicy devices) {
    return new Workplace(
        output.absolute(), devices, checkpointing(), store.map(Location::absolute).orElse(""));
  }
}
