package io.ticketflow.runners.simulate;

import io.ticketflow.pipelines.simulation.Barrier;
import io.ticketflow.pipelines.simulation.Beside;
import io.ticketflow.pipelines.simulation.Dispatch;
import io.ticketflow.pipelines.simulation.Failures;
import io.ticketflow.pipelines.simulation.Scenario;
import io.ticketflow.pipelines.simulation.Straggler;
import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.Launch;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.sweep.Estimate;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import io.ticketflow.work.PlannedAction;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A value of {@code --simulate}: on what, and by which costs.
 *
 * @param scenario with the first seed
 * @param draws how often it is simulated, each with the next seed, if chance has a part in it
 * @param speed images a second of a training; empty: as measured
 * @param costs an output whose actions' times are taken; empty: as the plan's time is estimated
 */
public record SimulateOption(
    Scenario scenario, int draws, OptionalDouble speed, Optional<Location> costs) {
  /** A cycle's stages on a cluster, without measuring: runners/bench/README.md. */
  private static final double FLINK_CYCLE_SECONDS = 0.4;

  /**
   * On a cluster, from the command until the first training begins: the graph, and a TaskManager's
   * loading of the job's classes. Measured with one that has two cores.
   */
  private static final double FLINK_START_SECONDS = 8;

  /**
   * Where an action's own time is measured: what is left of it, measured over 100 to 600 actions of
   * a DirectRunner on two cores.
   */
  private static final double MEASURED_ACTION_SECONDS = 0.004;

  /**
   * conf/clusters: a machine is given up after 20 s without a heartbeat, a job waits 10 s at most.
   */
  private static final double RESTART_SECONDS = 30;

  private static final int MOST_DRAWS = 1000;

  /**
   * Reads the option.
   *
   * @param text KEY=VALUE, joined by commas; every key but slots has a default
   * @param beam whose runner and order the defaults describe
   */
  public static SimulateOption parse(String text, BeamArguments beam) {
    SimulateValues values = SimulateValues.of(text);
    Optional<Location> costs = values.location("costs");
    double action = costs.isPresent() ? MEASURED_ACTION_SECONDS : Estimate.ACTION_SECONDS;
    Failures failures =
        new Failures(
            values.number("failures", 0),
            values.number("restart", RESTART_SECONDS),
            values.name("failover", Failures.Stops.class, Failures.Stops.JOB));
    Scenario scenario =
        new Scenario(
            values.whole("slots"),
            values.name("dispatch", Dispatch.class, Dispatch.of(Launch.order(beam))),
            values.name("barrier", Barrier.class, Barrier.RUN),
            failures,
            straggler(values.text("straggler")),
            new Beside(
                values.number(
                    "start", Launch.onFlink(beam) ? FLINK_START_SECONDS : Estimate.START_SECONDS),
                values.number("cycle", Launch.onFlink(beam) ? FLINK_CYCLE_SECONDS : 0),
                values.number("action", action)),
            values.whole("seed", 1));
    int draws = values.whole("draws", 20);
    UserException.check(
        draws >= 1 && draws <= MOST_DRAWS, "--simulate's draws", "from 1 to " + MOST_DRAWS, draws);
    SimulateOption option = new SimulateOption(scenario, draws, values.speed(), costs);
    values.checkAllRead();
    if (option.speed().isPresent() && option.costs().isPresent()) {
      throw new UserException("--simulate takes speed or costs, not both");
    }
    return option;
  }

  /**
   * Seconds of actions by themselves.
   *
   * @param estimate where no output is named
   * @param beam how a remote one is reached
   */
  public ToDoubleFunction<PlannedAction> costs(Estimate estimate, BeamArguments beam)
      throws IOException {
    if (costs.isEmpty()) {
      return estimate.each(speed);
    }
    StorageArguments.find(beam, costs.get());
    return MeasuredCosts.in(costs.get())::seconds;
  }

  /** Such as 10:0.01, ten times slower with a probability of a hundredth. */
  private static Straggler straggler(Optional<String> text) {
    if (text.isEmpty()) {
      return Straggler.NONE;
    }
    String[] parts = text.get().split(":", -1);
    if (parts.length != 2) {
      throw UserException.of(
          "--simulate's straggler must be FACTOR:FRACTION, such as 10:0.01, got %s", text.get());
    }
    return new Straggler(
        SimulateValues.number("straggler", parts[0]), SimulateValues.number("straggler", parts[1]));
  }

  /** Names of an enumeration as the option takes them. */
  static String names(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(SimulateOption::word)
        .collect(Collectors.joining(", "));
  }

  /** An enumeration's value as the option takes it. */
  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
