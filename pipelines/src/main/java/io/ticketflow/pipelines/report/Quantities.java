package io.ticketflow.pipelines.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Several things that were measured of one network, which a figure shows in a panel each.
 *
 * @param suffix what tells it from its run's solution, such as ", a particle"; empty for that
 * @param panels values by the titles of their panels
 * @param beside values that a point's tooltip tells too, by the names that {@code charts.js} knows
 */
record Quantities(
    String run,
    String method,
    int cycle,
    double density,
    String suffix,
    Map<String, Double> panels,
    Map<String, Double> beside) {
  private record Key(String series, int cycle, String panel) {}

  /** The rows of a figure with panels: means over what is alike but for the seed. */
  static List<Map<String, Object>> rows(
      List<ExperimentTables> experiments,
      Map<Series, String> labels,
      Function<ExperimentTables, Stream<Quantities>> measured) {
    Gathered<Key> all = new Gathered<>();
    for (ExperimentTables experiment : experiments) {
      RunSeries runs = new RunSeries(experiment);
      measured
          .apply(experiment)
          .forEach(
              each -> {
                Optional<Series> series = runs.of(each.run);
                series.ifPresent(
                    of -> add(all, each, labels.getOrDefault(of, each.method) + each.suffix));
              });
    }
    return all.rows(Quantities::row);
  }

  private static void add(Gathered<Key> all, Quantities each, String label) {
    each.panels.forEach(
        (panel, value) -> {
          Key key = new Key(label, each.cycle, panel);
          all.add(key, "density", each.density);
          all.add(key, "value", value);
          each.beside.forEach((name, other) -> all.add(key, name, other));
        });
  }

  private static Map<String, Object> row(Key key, Gathered.Values values) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("series", key.series);
    row.put("panel", key.panel);
    row.put("cycle", key.cycle);
    values.put(row, "value");
    values.byName().keySet().stream()
        .filter(name -> !name.equals("value"))
        .sorted()
        .forEach(name -> values.putMean(row, name));
    return row;
  }

  /** Values by their names, in order. */
  @SafeVarargs
  static Map<String, Double> named(Map.Entry<String, Double>... all) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (Map.Entry<String, Double> each : all) {
      named.put(each.getKey(), each.getValue());
    }
    return named;
  }
}
