package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.store.tables.Tables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How many images a second passed through a series' networks of one cycle, in training (there and
 * back) or in measuring (there alone). What was found finished counts with the time that it took.
 *
 * @param density mean over the runs
 * @param work training or measuring
 * @param engine that computed, empty in outputs of before it was noted
 * @param rate images/s over runs and particles
 */
record SpeedPoint(
    Series series, int cycle, double density, String work, String engine, Spread rate) {
  private static final Map<String, String> WORKS =
      Map.of("train", "training", "evaluate", "measuring");

  private record Cycle(Series series, int cycle) {}

  private record Key(Cycle cycle, String work, String engine) {}

  /**
   * By series, cycle and work; ensembles, whose networks measure the same images, are left out, and
   * so is what took no time that the clock shows.
   */
  static List<SpeedPoint> of(List<ExperimentTables> experiments) {
    Map<Cycle, List<Double>> densities = new HashMap<>();
    Map<Key, List<Double>> rates = new HashMap<>();
    for (ExperimentTables experiment : experiments) {
      Map<String, Series> runs = new HashMap<>();
      for (CycleRow row : Deliverables.of(experiment.rows(Tables.CYCLES))) {
        Series series = Series.of(experiment.name(), row);
        runs.put(row.getRun(), series);
        densities
            .computeIfAbsent(new Cycle(series, row.getCycle()), c -> new ArrayList<>())
            .add(row.getDensity());
      }
      for (CostRow row : experiment.rows(Tables.COSTS)) {
        Series series = runs.get(row.getRun());
        String work = WORKS.get(row.getKind());
        if (series != null && work != null && isOfParticle(row) && row.getImagesPerSecond() > 0) {
          String engine = Objects.requireNonNullElse(row.getEngine(), "");
          rates
              .computeIfAbsent(
                  new Key(new Cycle(series, row.getCycle()), work, engine), k -> new ArrayList<>())
              .add(row.getImagesPerSecond());
        }
      }
    }
    List<SpeedPoint> points = new ArrayList<>();
    rates.forEach(
        (key, all) -> {
          Optional<Spread> density = Spread.of(densities.getOrDefault(key.cycle, List.of()));
          Optional<Spread> rate = Spread.of(all);
          if (density.isPresent() && rate.isPresent()) {
            points.add(
                new SpeedPoint(
                    key.cycle.series,
                    key.cycle.cycle,
                    density.get().mean(),
                    key.work,
                    key.engine,
                    rate.get()));
          }
        });
    points.sort(
        Comparator.comparing(SpeedPoint::series)
            .thenComparing(SpeedPoint::cycle)
            .thenComparing(SpeedPoint::work)
            .thenComparing(SpeedPoint::engine));
    return points;
  }

  /** Not of the whole cycle, nor the training up to the matching ticket, which is particle −1. */
  private static boolean isOfParticle(CostRow row) {
    return row.getParticle() != null && row.getParticle() >= 0;
  }
}
