package io.ticketflow.pipelines.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The data that {@code charts.js} draws, as JSON values: series by their labels, numbers finite or
 * absent.
 */
final class Charts {
  private Charts() {}

  static Map<String, Object> data(
      List<AccuracyPoint> accuracy,
      Thinned<CurvePoint> curves,
      Thinned<LayerPoint> layers,
      List<SpeedPoint> speeds,
      List<Figure> measures,
      Map<Series, String> labels) {
    Map<String, Object> data = new LinkedHashMap<>();
    Set<Object> series = new LinkedHashSet<>(labels.values());
    measures.forEach(figure -> figure.rows().forEach(row -> series.add(row.get("series"))));
    data.put("series", series);
    data.put("accuracy", accuracy.stream().map(point -> accuracy(point, labels)).toList());
    data.put("curves", curves.points().stream().map(point -> curve(point, labels)).toList());
    data.put("layers", layers.points().stream().map(point -> layer(point, labels)).toList());
    data.put("speed", speeds.stream().map(point -> speed(point, labels)).toList());
    measures.forEach(figure -> data.put(figure.id(), figure.rows()));
    return data;
  }

  private static Map<String, Object> accuracy(AccuracyPoint point, Map<Series, String> labels) {
    Spread spread = point.accuracy();
    Map<String, Object> value = place(point.series(), point.cycle(), labels);
    value.put("density", point.density());
    value.put("subject", point.subject());
    value.put("mean", spread.mean());
    value.put("min", spread.min());
    value.put("max", spread.max());
    value.put("seeds", spread.count());
    spread.std().ifPresent(std -> value.put("std", std));
    return value;
  }

  private static Map<String, Object> curve(CurvePoint point, Map<Series, String> labels) {
    Map<String, Object> value = place(point.series(), point.cycle(), labels);
    value.put("epoch", point.epoch());
    point.trainLoss().ifPresent(loss -> value.put("trainLoss", loss));
    point.validationAccuracy().ifPresent(hits -> value.put("validationAccuracy", hits));
    return value;
  }

  private static Map<String, Object> layer(LayerPoint point, Map<Series, String> labels) {
    Map<String, Object> value = place(point.series(), point.cycle(), labels);
    value.put("tensor", point.tensor());
    value.put("density", point.density());
    return value;
  }

  private static Map<String, Object> speed(SpeedPoint point, Map<Series, String> labels) {
    Map<String, Object> value = place(point.series(), point.cycle(), labels);
    value.put("density", point.density());
    value.put("work", point.work());
    value.put("engine", point.engine());
    value.put("rate", point.rate().mean());
    value.put("min", point.rate().min());
    value.put("max", point.rate().max());
    return value;
  }

  private static Map<String, Object> place(Series series, int cycle, Map<Series, String> labels) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("series", labels.getOrDefault(series, series.method()));
    value.put("cycle", cycle);
    return value;
  }
}
