package io.ticketflow.runners.sweep;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.pipelines.Plan;
import io.ticketflow.runners.progress.TimeText;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.PlannedAction;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * How long a plan may take: its trainings by the speed of those that its output holds, or else of a
 * short try, and what lies around them by figures measured with LeNet-300-100 on two cores.
 */
public final class Estimate {
  private static final String TIME = "time                           ";

  /** Java, engine and the pipeline's graph. */
  public static final double START_SECONDS = 5;

  /** Of any action beside its images: its files, its lookup, its way through the pipeline. */
  public static final double ACTION_SECONDS = 0.06;

  /** A forward pass of an image, as a share of its training step. */
  private static final double FORWARD_SHARE = 1 / 3.0;

  private final Prepared prepared;
  private final List<CostRow> costs;
  private final SpeedTrials trials;

  /**
   * @param costs of earlier calls with this output
   * @param trials where the output holds no trainings
   */
  public Estimate(Prepared prepared, List<CostRow> costs, SpeedTrials trials) {
    this.prepared = prepared;
    this.costs = costs;
    this.trials = trials;
  }

  /**
   * Time, device-hours and bytes, a line each with its name.
   *
   * @param atOnce trainings side by side
   * @param price of one device for an hour, in any currency; empty for no line about it
   */
  public List<String> lines(Plan plan, int atOnce, Optional<Double> price) {
    if (plan.trainingsToRun() == 0) {
      return List.of(TIME + "nothing to train");
    }
    double work = work(plan);
    double hours = work / 3600;
    List<String> lines = new ArrayList<>();
    lines.add(
        TIME
            + "about "
            + TimeText.of(Duration.ofMillis(Math.round(1000 * seconds(work, plan, atOnce))))
            + " with "
            + side(plan, atOnce)
            + " at once, by the speed of "
            + (known().isPresent()
                ? "this output's trainings"
                : "a few steps made on this machine"));
    lines.add(
        String.format(
            Locale.ROOT,
            "device-hours                   %s, one training on a device at a time",
            rounded(hours)));
    price.ifPresent(
        each ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "cost                           %s at %s a device-hour",
                    rounded(hours * each),
                    BigDecimal.valueOf(each).stripTrailingZeros().toPlainString())));
    lines.add(
        String.format(
            Locale.ROOT,
            "bytes to store                 at most %,.1f MB: equal networks are kept once",
            new PlannedBytes(prepared).of(plan) / 1e6));
    return lines;
  }

  private static String rounded(double value) {
    return new BigDecimal(value).round(new MathContext(2)).toPlainString();
  }

  /** The time in seconds, from the call to the report. */
  public double seconds(Plan plan, int atOnce) {
    return seconds(work(plan), plan, atOnce);
  }

  private static double seconds(double work, Plan plan, int atOnce) {
    return START_SECONDS + work / side(plan, atOnce);
  }

  /** Seconds of one training at a time. */
  private double work(Plan plan) {
    return plan.actions().stream()
        .filter(action -> action.state() == PlannedAction.State.TO_RUN)
        .mapToDouble(each(known()))
        .map(seconds -> ACTION_SECONDS + seconds)
        .sum();
  }

  /**
   * Seconds of actions by themselves, by their images.
   *
   * @param speed images a second of a training; empty: of this output's trainings, or of a short
   *     try
   */
  public ToDoubleFunction<PlannedAction> each(OptionalDouble speed) {
    Map<String, RunSpec> specs = prepared.specs();
    OptionalDouble rate = speed.isPresent() ? speed : known();
    Map<String, Double> tried = new ConcurrentHashMap<>(); // by run: there are many more actions
    return action -> {
      RunSpec spec = specs.get(action.run());
      if (spec == null) {
        return 0;
      }
      double passes = passes(action, spec, Datasets.load(spec.data()));
      return passes == 0
          ? 0
          : passes
              / rate.orElseGet(
                  () -> tried.computeIfAbsent(action.run(), run -> trials.imagesPerSecond(spec)));
    };
  }

  /** Training images that take as long as the images that an action looks at. */
  private static double passes(PlannedAction action, RunSpec spec, DataSplits data) {
    int every = spec.training().validateEvery();
    double measured =
        action.trains()
            ? every == 0 ? 0 : (double) action.epochs() / every * data.validation().count()
            : action.kind().equals("evaluate")
                ? data.validation().count() + data.test().count()
                : 0;
    return action.images() + FORWARD_SHARE * measured;
  }

  private static long side(Plan plan, int atOnce) {
    return Math.max(1, Math.min(atOnce, plan.trainingsToRun()));
  }

  private OptionalDouble known() {
    return costs.stream()
        .filter(row -> row.getKind().equals("train") && row.getImagesPerSecond() > 0)
        .mapToDouble(CostRow::getImagesPerSecond)
        .average();
  }
}
