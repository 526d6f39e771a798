package io.ticketflow.pipelines.report;

import static java.util.Map.entry;

import io.ticketflow.schemas.CorruptionRow;
import io.ticketflow.store.tables.Tables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Errors on corrupted images, by family, against density. */
final class RobustnessFigure {
  private record Network(String run, int cycle, String subject) {}

  private RobustnessFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    TreeSet<String> kinds = new TreeSet<>();
    TreeSet<String> sources = new TreeSet<>();
    for (ExperimentTables experiment : experiments) {
      for (CorruptionRow row : experiment.rows(Tables.CORRUPTIONS)) {
        kinds.add(row.getCorruption());
        sources.add(row.getSource());
      }
    }
    return new Figure(
        "robustness",
        "Error on corrupted images",
        String.format(
            Locale.ROOT,
            "Share of images in a wrong class: unnormalised mean over %d corruptions (%s) and their"
                + " severities, by family and over all, and over seeds. Sparser is to the right.",
            kinds.size(),
            String.join(" and ", sources)),
        Quantities.rows(experiments, labels, RobustnessFigure::of),
        List.of());
  }

  private static Stream<Quantities> of(ExperimentTables experiment) {
    Map<Network, List<CorruptionRow>> networks =
        experiment.rows(Tables.CORRUPTIONS).stream()
            .collect(
                Collectors.groupingBy(
                    row -> new Network(row.getRun(), row.getCycle(), row.getSubject()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return networks.values().stream().map(RobustnessFigure::of);
  }

  private static Quantities of(List<CorruptionRow> rows) {
    CorruptionRow any = rows.get(0);
    Map<String, Double> panels = new LinkedHashMap<>();
    panels.put("all", mean(rows));
    rows.stream()
        .map(CorruptionRow::getFamily)
        .distinct()
        .sorted()
        .forEach(
            family ->
                panels.put(
                    family,
                    mean(rows.stream().filter(row -> row.getFamily().equals(family)).toList())));
    return new Quantities(
        any.getRun(),
        any.getMethod(),
        any.getCycle(),
        any.getDensity(),
        any.getSubject().equals("solution") ? "" : ", a particle",
        panels,
        Quantities.named(
            entry("loss", rows.stream().mapToDouble(CorruptionRow::getLoss).average().orElse(0))));
  }

  private static double mean(List<CorruptionRow> rows) {
    return rows.stream().mapToDouble(row -> 1 - row.getAccuracy()).average().orElse(0);
  }
}
