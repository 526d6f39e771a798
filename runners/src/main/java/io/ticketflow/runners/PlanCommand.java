package io.ticketflow.runners;

import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.Plan;
import io.ticketflow.pipelines.Why;
import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.simulate.SimulateOption;
import io.ticketflow.runners.simulate.SimulationText;
import io.ticketflow.runners.sweep.CheckedRuns;
import io.ticketflow.runners.sweep.Estimate;
import io.ticketflow.runners.sweep.KnownSpeeds;
import io.ticketflow.runners.sweep.Outcome;
import io.ticketflow.runners.sweep.PlanText;
import io.ticketflow.runners.sweep.Prepared;
import io.ticketflow.runners.sweep.RatesText;
import io.ticketflow.runners.sweep.SpeedTrials;
import io.ticketflow.runners.sweep.Sweep;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Says what a run would do, and does nothing of it. */
@Command(
    name = "plan",
    description = {
      "Shows what 'run' with the same arguments would train, and what it would not have to:",
      "cached = finished in the output folder; shared = done once for several runs;",
      "in store = to be copied from --store (--summary counts it as cached)."
    })
public final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ExperimentArguments arguments = new ExperimentArguments();

  @Unmatched private List<String> others = new ArrayList<>();

  @Option(names = "--summary", description = "A line a run, not one an action.")
  private boolean summary;

  @Option(
      names = "--rates",
      paramLabel = "RUN",
      description = "Only the learning rates of a run's trainings, epoch by epoch.")
  private Optional<String> rates = Optional.empty();

  @Option(
      names = "--price",
      paramLabel = "P",
      description = "What a device costs for an hour: adds what the plan would cost.")
  private Optional<Double> price = Optional.empty();

  @Option(
      names = "--why",
      description =
          "Only what would run, and for each action the first part of its key that differs from"
              + " the nearest finished one. The output may hold another experiment.")
  private boolean why;

  @Option(
      names = "--simulate",
      paramLabel = "KEY=VALUE,...",
      description = {
        "Only a forecast for so many slots, such as slots=64,failures=0.01,straggler=10:0.01;",
        "several times for a line each. runners/simulation.md has the keys."
      })
  private List<String> simulate = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    // Used to find the output only: how a sweep is run changes nothing of what it does.
    BeamArguments beam = new BeamArguments(others);
    if (price.isPresent() && !(price.get() >= 0 && price.get() < 1e9)) {
      throw UserException.of("--price must be a number from 0 on, got %s", price.get());
    }
    List<SimulateOption> simulations =
        simulate.stream().map(text -> SimulateOption.parse(text, beam)).toList();
    if (arguments.printed(spec.commandLine().getOut())) {
      return ExitCode.DONE;
    }
    Experiment experiment = arguments.load();
    if (rates.isPresent()) {
      RatesText.of(experiment, rates.get()).forEach(spec.commandLine().getOut()::println);
      return ExitCode.DONE;
    }
    Location output = arguments.output(experiment);
    StorageArguments.find(beam, arguments.storage(output));
    OutputFolder.check(output);
    arguments.checkStore(output);
    if (!why) {
      Sweep.checkSame(output, experiment);
    }
    Workplace place = arguments.workplace(output);
    CheckedRuns runs = CheckedRuns.of(experiment, place.devices());
    if (why) {
      Prepared prepared = prepared(runs);
      PrintWriter out = spec.commandLine().getOut();
      PlanText.why(Why.of(prepared.records(), place)).forEach(out::println);
      return ExitCode.DONE;
    }
    List<CostRow> costs = Outcome.costs(output);
    KnownSpeeds known = KnownSpeeds.ofUser(VersionText.version());
    try (SpeedTrials trials = new SpeedTrials(place, known)) {
      if (costs.isEmpty() && simulations.isEmpty()) {
        trials.warmUp(runs.specs()); // beside the digests of the data and the plan
      }
      Prepared prepared = prepared(runs);
      Plan plan = Plan.of(prepared.records(), place);
      spec.commandLine().getOut().println(experiment.name() + " in " + output);
      spec.commandLine().getOut().println();
      tell(plan, new Estimate(prepared, costs, trials), simulations, beam);
    }
    return ExitCode.DONE;
  }

  private Prepared prepared(CheckedRuns runs) {
    Prepared prepared = runs.prepared();
    prepared.notices().forEach(spec.commandLine().getErr()::println);
    return prepared;
  }

  private void tell(
      Plan plan, Estimate estimate, List<SimulateOption> simulations, BeamArguments beam)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (!simulations.isEmpty()) {
      SimulationText text = new SimulationText();
      for (SimulateOption option : simulations) {
        text.add(option, plan, option.costs(estimate, beam), arguments.checkpointing());
      }
      text.lines().forEach(out::println);
      return;
    }
    (summary ? PlanText.byRun(plan) : PlanText.byAction(plan)).forEach(out::println);
    out.println();
    PlanText.totals(plan).forEach(out::println);
    estimate.lines(plan, arguments.places(), price).forEach(out::println);
  }
}
