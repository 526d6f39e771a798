package io.ticketflow.runners;

import io.ticketflow.action.Workplace;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.Plan;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.sweep.Outcome;
import io.ticketflow.runners.sweep.PlanText;
import io.ticketflow.runners.sweep.Prepared;
import io.ticketflow.runners.sweep.Sweep;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what a run would do, and does nothing of it. */
@Command(
    name = "plan",
    description = {
      "Shows what 'run' with the same arguments would train, and what it would not have to:",
      "cached = finished in the output folder; shared = done once for several runs."
    })
public final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ExperimentArguments arguments = new ExperimentArguments();

  @Option(names = "--actions", description = "List every action, not a line a run.")
  private boolean actions;

  @Override
  public Integer call() throws IOException {
    Experiment experiment = arguments.load();
    Path output = arguments.output(experiment);
    OutputFolder.check(output);
    Sweep.checkSame(output, experiment);
    Prepared prepared = Prepared.of(experiment);
    Plan plan =
        Plan.of(
            prepared.records(),
            new Workplace(output.toAbsolutePath().normalize().toString(), arguments.device()));
    PrintWriter out = spec.commandLine().getOut();
    out.println(experiment.name() + " in " + output);
    out.println();
    (actions ? PlanText.byAction(plan) : PlanText.byRun(plan)).forEach(out::println);
    out.println();
    int cores = Runtime.getRuntime().availableProcessors();
    PlanText.totals(plan, Outcome.costs(output), cores).forEach(out::println);
    return ExitCode.DONE;
  }
}
