package io.ticketflow.runners.simulate;

import io.ticketflow.runners.sweep.Outcome;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import io.ticketflow.work.PlannedAction;
import java.io.IOException;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Seconds of actions by those of an output: of the same kind in the same run, cycle and particle,
 * else the mean of that kind in the cycle, else of that kind; 0 of a kind that it does not know.
 * Trainings count by the image. An action that turned out to be another's, as the evaluation of a
 * mean of one, took nothing: a plan cannot know it before the networks are there.
 */
public final class MeasuredCosts {
  /** The particle of what is about none. */
  private static final int NONE = -1;

  /** A training of no epochs: to a matching ticket that is the initialisation. */
  private static final String INITIALISING = "matching-ticket";

  private final Map<List<Object>, DoubleSummaryStatistics> means = new HashMap<>();

  private MeasuredCosts() {}

  /** The costs of an output. */
  public static MeasuredCosts in(Location output) throws IOException {
    MeasuredCosts costs = of(Outcome.costs(output));
    if (costs.means.isEmpty()) {
      throw UserException.of(
          "--simulate's costs must name an output in which something was trained; %s has no such"
              + " rows",
          output);
    }
    return costs;
  }

  static MeasuredCosts of(List<CostRow> rows) {
    MeasuredCosts costs = new MeasuredCosts();
    Set<String> made = new HashSet<>();
    List<CostRow> makersFirst =
        rows.stream().sorted(Comparator.comparing(CostRow::getCached)).toList();
    for (CostRow row : makersFirst) {
      boolean trains = row.getKind().equals("train");
      boolean counts = trains && row.getImages() > 0;
      double took = made.add(row.getAction()) ? row.getSeconds() : 0;
      if (took > 0 || !trains) { // a shared training is one work in a plan too
        int particle = row.getParticle() == null ? NONE : row.getParticle();
        String kind = trains && !counts ? INITIALISING : row.getKind();
        costs
            .keys(row.getRun(), row.getCycle(), particle, kind)
            .forEach(key -> costs.mean(key).accept(counts ? took / row.getImages() : took));
      }
    }
    return costs;
  }

  /** Seconds of an action that is to run. */
  public double seconds(PlannedAction action) {
    String kind =
        action.trains() ? "train" : action.kind().endsWith("mask") ? "prune" : action.kind();
    int particle = action.particle() == null ? NONE : action.particle();
    double each =
        keys(action.run(), action.cycle(), particle, kind).stream()
            .filter(means::containsKey)
            .findFirst()
            .map(key -> mean(key).getAverage())
            .orElse(0.0);
    return action.trains() ? each * action.images() : each;
  }

  private List<List<Object>> keys(String run, int cycle, int particle, String kind) {
    return List.of(List.of(run, cycle, particle, kind), List.of(cycle, kind), List.of(kind));
  }

  private DoubleSummaryStatistics mean(List<Object> key) {
    return means.computeIfAbsent(key, any -> new DoubleSummaryStatistics());
  }
}
