package io.ticketflow.runners;

import io.ticketflow.pipelines.Experiment;
import io.ticketflow.runners.doctor.NativeLibraries;
import io.ticketflow.runners.job.ClusterAddress;
import io.ticketflow.runners.job.SubmittedJob;
import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.Launch;
import io.ticketflow.runners.launch.LoadAhead;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.launch.Target;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.sweep.Outcome;
import io.ticketflow.runners.sweep.Prepared;
import io.ticketflow.runners.sweep.ResumableJob;
import io.ticketflow.runners.sweep.Sweep;
import io.ticketflow.runners.sweep.Terminal;
import io.ticketflow.runners.track.Tracking;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Trains an experiment, or goes on with it. */
@Command(
    name = "run",
    description = {
      "Trains an experiment and writes its tables and report.",
      "",
      "Run again, it goes on where it stopped: what is finished is not done twice."
    },
    footer = {
      "",
      "--order=finish-first ends runs one after another, where breadth-first ends the sweep"
          + " soonest.",
      "All options of Apache Beam are taken too, such as --targetParallelism=4 (trainings at once)",
      "or --runner=FlinkRunner, with --flinkMaster=[local] (a Flink cluster in this process) or",
      "--flinkMaster=HOST:PORT (a cluster of other processes; 'ticketflow cluster start' makes "
          + "one)."
    })
public final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ExperimentArguments arguments = new ExperimentArguments();

  @Option(
      names = "--detach",
      description = "Leave the job to its cluster: 'status' and 'cancel' find it again.")
  private boolean detach;

  @Option(
      names = "--if-changed",
      description = {
        "Do nothing if the output is finished and no key of its actions has changed:",
        "neither settings, nor data, nor what the program computes with."
      })
  private boolean ifChanged;

  @Option(
      names = "--no-training",
      description = "Refuse to train: only merge, prune and measure what is trained already.")
  private boolean noTraining;

  @Option(
      names = "--track",
      paramLabel = "TRACKER",
      description = {
        "Also tell a tracker, which never changes or stops a run: tensorboard (event files in",
        "OUTPUT/tensorboard) or mlflow=URI. May be given several times."
      })
  private List<String> trackers = new ArrayList<>();

  @Unmatched private List<String> others = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    // All that can be wrong is found before anything is written or trained.
    if (!others.isEmpty()) {
      LoadAhead.options(); // while the experiment is read
    }
    Experiment experiment = arguments.load();
    BeamArguments given = new BeamArguments(others);
    Optional<ClusterAddress> master = Launch.master(given);
    if (detach && master.isEmpty()) {
      throw new UserException(
          "--detach leaves a job to a cluster: it needs --runner=FlinkRunner and"
              + " --flinkMaster=HOST:PORT");
    }
    if (arguments.printed(spec.commandLine().getOut())) {
      return ExitCode.DONE;
    }
    Tracking tracking = Tracking.of(trackers, System.getenv());
    if (detach && !trackers.isEmpty()) {
      throw new UserException("--track needs a process that stays: leave out --detach");
    }
    Location output = arguments.output(experiment);
    BeamArguments beam = StorageArguments.open(given, arguments.storage(output));
    OutputFolder.check(output);
    arguments.checkStore(output);
    Sweep.checkSame(output, experiment);
    Optional<ResumableJob> earlier = ResumableJob.in(output, master);
    if (detach && earlier.isPresent()) {
      return detached(output, earlier.get().job());
    }
    Optional<Target> target =
        earlier.isPresent() ? Optional.empty() : Optional.of(target(beam, output));
    Workplace place = arguments.workplace(output, target);
    boolean done = isDone(output);
    boolean trainsHere = target.isPresent() && target.get() instanceof Target.Here && !done;
    if (trainsHere) {
      LoadAhead.options(); // nothing more to do where the user's own have loaded them
    } else { // workers have the engine, or there may be no need of it
      // Before a thread beside needs it: a class that fails to load there fails here too.
      NativeLibraries.loadCompression();
    }
    if (done) {
      LoadAhead.tables(output, experiment.runs().get(0).run());
    }
    Prepared prepared = Prepared.of(experiment, place.devices());
    if (trainsHere) {
      NativeLibraries.load(prepared.needs());
    }
    prepared.notices().forEach(spec.commandLine().getErr()::println);
    arguments.openStore();
    try (OutputFolder folder = OutputFolder.claim(output)) {
      // Again, now that the data are known and nobody else can change the folder.
      Sweep.checkSame(output, prepared.experiment());
      Terminal terminal = Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
      Sweep sweep = new Sweep(prepared, folder, place, VersionText.version(), tracking);
      if (noTraining) {
        sweep.checkTrained();
      }
      if (ifChanged && earlier.isEmpty() && sweep.isUnchanged(terminal)) {
        return ExitCode.DONE;
      }
      if (earlier.isPresent()) {
        return exitCode(sweep.attach(earlier.get().job(), earlier.get().status(), terminal));
      }
      if (detach && target.orElseThrow() instanceof Target.Cluster cluster) {
        return detached(output, sweep.detach(cluster, terminal));
      }
      return exitCode(sweep.run(target.orElseThrow(), terminal));
    }
  }

  private static boolean isDone(Location output) throws IOException {
    return RunStatus.read(output).filter(last -> last.state() == RunState.DONE).isPresent();
  }

  private Target target(BeamArguments beam, Location output) {
    Target target =
        Launch.target(
            beam,
            Stream.of(arguments.storage(output)).map(Location::toString).toList(),
            Sweep.scratch(output),
            arguments.places());
    if (target instanceof Target.Cluster cluster) {
      cluster.notices().forEach(spec.commandLine().getErr()::println);
    }
    return target;
  }

  private int detached(Location output, SubmittedJob job) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Job     " + job.job());
    out.println("See     ticketflow status " + output);
    out.println("Cancel  ticketflow cancel " + output);
    out.flush();
    return ExitCode.DONE;
  }

  private static int exitCode(Outcome outcome) {
    return switch (outcome.state()) {
      case DONE -> ExitCode.DONE;
      case SOME_RUNS_FAILED -> ExitCode.SOME_RUNS_FAILED;
      default -> ExitCode.FAILED;
    };
  }
}
