package io.ticketflow.runners;

import io.ticketflow.action.Workplace;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.Launch;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.sweep.Outcome;
import io.ticketflow.runners.sweep.Prepared;
import io.ticketflow.runners.sweep.Sweep;
import io.ticketflow.runners.sweep.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
      "All options of Apache Beam are taken too, such as --targetParallelism=4 (trainings at once)",
      "or --runner=FlinkRunner (with --flinkMaster=[local], a Flink cluster in this process)."
    })
public final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ExperimentArguments arguments = new ExperimentArguments();
  @Unmatched private List<String> others = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    // All that can be wrong is found before anything is written or trained.
    BeamArguments beam = new BeamArguments(others);
    Experiment experiment = arguments.load();
    Path output = arguments.output(experiment);
    OutputFolder.check(output);
    Sweep.checkSame(output, experiment);
    Workplace place = arguments.workplace(output);
    int cores = Runtime.getRuntime().availableProcessors();
    PipelineOptions options = Launch.options(beam, Sweep.scratch(output), cores);
    Prepared prepared = Prepared.of(experiment);
    try (OutputFolder folder = OutputFolder.claim(output)) {
      // Again, now that the data are known and nobody else can change the folder.
      Sweep.checkSame(output, prepared.experiment());
      Terminal terminal = Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
      Sweep sweep = new Sweep(prepared, folder, place, VersionText.version());
      return exitCode(sweep.run(options, terminal));
    }
  }

  private static int exitCode(Outcome outcome) {
    return switch (outcome.state()) {
      case DONE -> ExitCode.DONE;
      case SOME_RUNS_FAILED -> ExitCode.SOME_RUNS_FAILED;
      default -> ExitCode.FAILED;
    };
  }
}
