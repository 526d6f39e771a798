package io.ticketflow.runners.sweep;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.pipelines.Plan;
import io.ticketflow.runners.progress.TimeText;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.PlannedAction;
import io.ticketflow.work.Specs;
import io.ticketflow.work.Workplace;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How long a plan may take: its trainings by the speed of those that its output holds, or else of a
 * short try, and what lies around them by figures measured with LeNet-300-100 on two cores.
 */
public final class Estimate {
  /** Java, engine and the pipeline's graph. */
  private static final double START_SECONDS = 5;

  /** Of any action beside its images: its files, its lookup, its way through the pipeline. */
  private static final double ACTION_SECONDS = 0.06;

  /** A forward pass of an image, as a share of its training step. */
  private static final double FORWARD_SHARE = 1 / 3.0;

  private final Prepared prepared;
  private final List<CostRow> costs;
  private final SpeedProbe probe;
  private final Map<List<Object>, Double> tried = new HashMap<>();

  /**
   * @param costs of earlier calls with this output
   * @param place the worker on whose device the speed is tried
   */
  public Estimate(Prepared prepared, List<CostRow> costs, Workplace place) {
    this.prepared = prepared;
    this.costs = costs;
    this.probe = new SpeedProbe(place);
  }

  /**
   * The time, in words.
   *
   * @param atOnce trainings side by side
   */
  public String text(Plan plan, int atOnce) {
    if (plan.trainingsToRun() == 0) {
      return "nothing to train";
    }
    long side = side(plan, atOnce);
    return "about "
        + TimeText.of(Duration.ofMillis(Math.round(1000 * seconds(plan, atOnce))))
        + " with "
        + side
        + " at once, by the speed of "
        + (known().isPresent() ? "this output's trainings" : "a few steps made now");
  }

  /** The time in seconds, from the call to the report. */
  public double seconds(Plan plan, int atOnce) {
    Map<String, RunSpec> specs =
        prepared.records().stream().collect(Collectors.toMap(RunRecord::getRun, Specs::of));
    OptionalDouble known = known();
    double work = 0;
    for (PlannedAction action : plan.actions()) {
      RunSpec spec = specs.get(action.run());
      if (action.state() == PlannedAction.State.TO_RUN && spec != null) {
        work += ACTION_SECONDS + passes(action, spec) / known.orElseGet(() -> tried(spec));
      }
    }
    return START_SECONDS + work / side(plan, atOnce);
  }

  /** Training images that take as long as the images that an action looks at. */
  private static double passes(PlannedAction action, RunSpec spec) {
    DataSplits data = Datasets.load(spec.data());
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

  private double tried(RunSpec spec) {
    return tried.computeIfAbsent(
        List.of(
            spec.model(), spec.data(), spec.training().batchSize(), spec.training().optimiser()),
        key -> probe.imagesPerSecond(spec));
  }
}
