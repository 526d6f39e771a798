package io.ticketflow.runners.simulate;

import io.ticketflow.pipelines.Plan;
import io.ticketflow.pipelines.simulation.Forecast;
import io.ticketflow.pipelines.simulation.PlannedWork;
import io.ticketflow.pipelines.simulation.Scenario;
import io.ticketflow.pipelines.simulation.Simulation;
import io.ticketflow.pipelines.simulation.Stage;
import io.ticketflow.runners.progress.TimeText;
import io.ticketflow.runners.table.TextTable;
import io.ticketflow.work.CheckpointPolicy;
import io.ticketflow.work.PlannedAction;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Simulations, a line each. */
public final class SimulationText {
  private final TextTable table =
      new TextTable(
          List.of(
              "slots",
              "makespan",
              "seconds",
              "least",
              "most",
              "busy while training",
              "busy overall",
              "slot-hours lost",
              "failures"));

  /**
   * Adds a simulation: means over its draws, and the least and the most seconds.
   *
   * @param seconds of an action by itself
   * @param checkpoints how often trainings keep their state
   */
  public void add(
      SimulateOption option,
      Plan plan,
      ToDoubleFunction<PlannedAction> seconds,
      CheckpointPolicy checkpoints) {
    List<List<Stage>> runs = PlannedWork.of(plan, seconds, checkpoints);
    Scenario scenario = option.scenario();
    int draws = scenario.isRandom() ? option.draws() : 1;
    List<Forecast> forecasts =
        IntStream.range(0, draws)
            .mapToObj(i -> Simulation.of(runs, scenario.withSeed(scenario.seed() + i)))
            .toList();
    double makespan = mean(forecasts, Forecast::makespan);
    table.row(
        List.of(
            String.format(Locale.ROOT, "%,d", scenario.slots()),
            TimeText.of(Duration.ofMillis(Math.round(1000 * makespan))),
            number(makespan),
            number(forecasts.stream().mapToDouble(Forecast::makespan).min().orElse(0)),
            number(forecasts.stream().mapToDouble(Forecast::makespan).max().orElse(0)),
            percent(mean(forecasts, Forecast::whileTraining)),
            percent(mean(forecasts, Forecast::overall)),
            String.format(Locale.ROOT, "%,.2f", mean(forecasts, Forecast::lostSeconds) / 3600),
            number(mean(forecasts, Forecast::failures))));
  }

  /** The table. */
  public List<String> lines() {
    return table.lines();
  }

  private static double mean(List<Forecast> forecasts, ToDoubleFunction<Forecast> of) {
    return forecasts.stream().mapToDouble(of).average().orElse(0);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
