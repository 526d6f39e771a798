package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.LayerRow;
import io.ticketflow.store.tables.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Density of one tensor of a series in one cycle, the mean over its seeds. */
record LayerPoint(Series series, int cycle, String tensor, double density) {

  /** By series and cycle, the tensors in the network's order; thinned by leaving out cycles. */
  static Thinned<LayerPoint> of(List<ExperimentTables> experiments) {
    Map<Series, Map<Integer, Map<String, List<Double>>>> bySeries = new HashMap<>();
    for (ExperimentTables experiment : experiments) {
      for (LayerRow row : experiment.rows(Tables.LAYERS)) {
        bySeries
            .computeIfAbsent(Series.of(experiment.name(), row), s -> new TreeMap<>())
            .computeIfAbsent(row.getCycle(), c -> new LinkedHashMap<>())
            .computeIfAbsent(row.getTensor(), t -> new ArrayList<>())
            .add(row.getDensity());
      }
    }
    List<List<List<LayerPoint>>> all = new ArrayList<>();
    new TreeMap<>(bySeries)
        .forEach(
            (series, cycles) -> {
              List<List<LayerPoint>> ofSeries = new ArrayList<>();
              cycles.forEach((cycle, tensors) -> ofSeries.add(layers(series, cycle, tensors)));
              all.add(ofSeries);
            });
    return Thinned.of(all, "");
  }

  private static List<LayerPoint> layers(
      Series series, int cycle, Map<String, List<Double>> tensors) {
    List<LayerPoint> layers = new ArrayList<>();
    tensors.forEach(
        (tensor, densities) ->
            Spread.of(densities)
                .ifPresent(
                    spread -> layers.add(new LayerPoint(series, cycle, tensor, spread.mean()))));
    return layers;
  }
}
