package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.HullRow;
import io.ticketflow.store.tables.Tables;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Losses in the hull of particles, beside those of the particles and of their average. */
final class HullFigure {
  private static final Map<String, String> SUBJECTS =
      Map.of("particle", "particles", "merged", "average");

  private record Key(String series, int cycle, String subject) {}

  /** Where a hull was looked into, and by whose images. */
  private record Place(String run, int cycle) {}

  private HullFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    Gathered<Key> losses = new Gathered<>();
    for (ExperimentTables experiment : experiments) {
      RunSeries runs = new RunSeries(experiment);
      Map<Place, String> splits = new HashMap<>();
      for (HullRow row : experiment.rows(Tables.HULLS)) {
        Optional<Series> series = runs.of(row.getRun());
        if (series.isPresent()) {
          splits.put(new Place(row.getRun(), row.getCycle()), row.getSplit());
          String label = labels.getOrDefault(series.get(), row.getMethod());
          Key key = new Key(label, row.getCycle(), "points of the hull");
          losses.add(key, "density", row.getDensity());
          losses.add(key, "loss", row.getLoss());
        }
      }
      for (CycleRow row : experiment.rows(Tables.CYCLES)) {
        String split = splits.get(new Place(row.getRun(), row.getCycle()));
        String subject = SUBJECTS.get(row.getSubject());
        if (row.getSplit().equals(split) && subject != null) {
          Series series = Series.of(experiment.name(), row);
          Key key = new Key(labels.getOrDefault(series, ""), row.getCycle(), subject);
          losses.add(key, "density", row.getDensity());
          losses.add(key, "loss", row.getLoss());
        }
      }
    }
    return new Figure(
        "hull",
        "Loss in the hull of the particles",
        "Random points of the convex hull of a cycle's particles: their mean over seeds, and a band"
            + " from the least to the greatest. Beside them the particles, its corners, and the"
            + " particles' average, which lies in its middle. Sparser is to the right.",
        losses.rows(
            (key, values) -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("series", key.series);
              row.put("cycle", key.cycle);
              row.put("subject", key.subject);
              values.putMean(row, "density");
              values.put(row, "loss");
              return row;
            }),
        List.of());
  }
}
