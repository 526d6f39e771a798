package io.ticketflow.runners.sweep;

import io.ticketflow.action.Workplace;
import io.ticketflow.pipelines.Plan;
import io.ticketflow.pipelines.PlannedAction;
import io.ticketflow.runners.progress.TimeText;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.spec.CanonicalJson;
import io.ticketflow.spec.RunSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How long the trainings of a plan may take, by the speed of those that its output holds, or else
 * of a short try. Measures and what lies between trainings are not counted.
 */
public final class Estimate {
  private final Prepared prepared;
  private final List<CostRow> costs;
  private final SpeedProbe probe;
  private final Map<List<Object>, Double> tried = new HashMap<>();

  /**
   * @param costs of earlier calls with this output
   * @param place whose device is tried
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
    Map<String, RunSpec> specs =
        prepared.records().stream()
            .collect(
                Collectors.toMap(
                    RunRecord::getRun, run -> CanonicalJson.read(run.getSpec(), RunSpec.class)));
    OptionalDouble known =
        costs.stream()
            .filter(row -> row.getKind().equals("train") && row.getImagesPerSecond() > 0)
            .mapToDouble(CostRow::getImagesPerSecond)
            .average();
    double seconds = 0;
    for (PlannedAction action : plan.actions()) {
      if (action.trains() && action.state() == PlannedAction.State.TO_RUN) {
        RunSpec spec = specs.get(action.run());
        if (spec != null) {
          seconds += action.images() / known.orElseGet(() -> tried(spec));
        }
      }
    }
    long side = Math.max(1, Math.min(atOnce, plan.trainingsToRun()));
    return "about "
        + TimeText.of(Duration.ofSeconds(Math.max(1, Math.round(seconds / side))))
        + " with "
        + side
        + " at once, by the speed of "
        + (known.isPresent() ? "this output's trainings" : "a few steps made now");
  }

  private double tried(RunSpec spec) {
    return tried.computeIfAbsent(
        List.of(
            spec.model(), spec.data(), spec.training().batchSize(), spec.training().optimiser()),
        key -> probe.imagesPerSecond(spec));
  }
}
