package io.ticketflow.pipelines.report;

import static java.util.Map.entry;

import io.ticketflow.schemas.CycleRow;
import io.ticketflow.store.tables.Tables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** How many particles a method that decides by itself took in each cycle. */
final class RoundsFigure {
  private record Place(String run, int cycle, double density) {}

  private RoundsFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    return new Figure(
        "rounds",
        "Particles by cycle, where their number is decided in the run",
        "Particles that were trained before another round no longer helped on validation: mean"
            + " over seeds. Sparser is to the right.",
        Quantities.rows(experiments, labels, RoundsFigure::of),
        List.of());
  }

  private static Stream<Quantities> of(ExperimentTables experiment) {
    Map<Place, Integer> counts = new LinkedHashMap<>();
    Map<String, String> methods = new HashMap<>();
    for (CycleRow row : experiment.rows(Tables.CYCLES)) {
      if (row.getSubject().equals("particle") && row.getSplit().equals("test")) {
        counts.merge(new Place(row.getRun(), row.getCycle(), row.getDensity()), 1, Integer::sum);
        methods.put(row.getRun(), row.getMethod());
      }
    }
    Map<String, Set<Integer>> ofMethod = new HashMap<>();
    counts.forEach(
        (place, count) ->
            ofMethod
                .computeIfAbsent(methods.getOrDefault(place.run, ""), m -> new HashSet<>())
                .add(count));
    return counts.entrySet().stream()
        .filter(
            each ->
                ofMethod.getOrDefault(methods.getOrDefault(each.getKey().run, ""), Set.of()).size()
                    > 1)
        .map(
            each ->
                new Quantities(
                    each.getKey().run,
                    methods.getOrDefault(each.getKey().run, ""),
                    each.getKey().cycle,
                    each.getKey().density,
                    "",
                    Quantities.named(entry("particles", each.getValue().doubleValue())),
                    Map.of()));
  }
}
