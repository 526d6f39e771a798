package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.EpochRow;
import io.ticketflow.store.tables.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One epoch of a series' training in one cycle: means over seeds and particles. The training up to
 * the matching ticket is the beginning of cycle 0.
 */
record CurvePoint(
    Series series,
    int cycle,
    int epoch,
    Optional<Double> trainLoss,
    Optional<Double> validationAccuracy) {

  private static final class Measured {
    final List<Double> trainLoss = new ArrayList<>();
    final List<Double> validationAccuracy = new ArrayList<>();
  }

  /**
   * A curve for each series and cycle, thinned to {@link Thinning#MOST_POINTS} epochs in all: first
   * fewer epochs of each, then fewer cycles.
   */
  static Thinned<CurvePoint> of(List<ExperimentTables> experiments) {
    Map<Series, Map<Integer, Map<Integer, Measured>>> bySeries = new HashMap<>();
    for (ExperimentTables experiment : experiments) {
      for (EpochRow row : experiment.rows(Tables.EPOCHS)) {
        Measured at =
            bySeries
                .computeIfAbsent(Series.of(experiment.name(), row), s -> new TreeMap<>())
                .computeIfAbsent(row.getCycle(), c -> new TreeMap<>())
                .computeIfAbsent(row.getEpoch(), e -> new Measured());
        at.trainLoss.add(row.getTrainLoss());
        if (row.getValidationAccuracy() != null) {
          at.validationAccuracy.add(row.getValidationAccuracy());
        }
      }
    }
    List<List<List<CurvePoint>>> curves = new ArrayList<>();
    new TreeMap<>(bySeries)
        .forEach(
            (series, cycles) -> {
              List<List<CurvePoint>> ofSeries = new ArrayList<>();
              cycles.forEach((cycle, epochs) -> ofSeries.add(curve(series, cycle, epochs)));
              curves.add(ofSeries);
            });
    return Thinned.of(curves, "epoch");
  }

  private static List<CurvePoint> curve(Series series, int cycle, Map<Integer, Measured> epochs) {
    List<CurvePoint> curve = new ArrayList<>();
    epochs.forEach(
        (epoch, measured) ->
            curve.add(
                new CurvePoint(
                    series,
                    cycle,
                    epoch,
                    Spread.of(measured.trainLoss).map(Spread::mean),
                    Spread.of(measured.validationAccuracy).map(Spread::mean))));
    return curve;
  }
}
