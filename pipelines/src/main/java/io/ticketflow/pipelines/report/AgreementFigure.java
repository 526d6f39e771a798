package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.AgreementRow;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.store.tables.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What masks and signs of two networks have in common. */
final class AgreementFigure {
  private static final String OF_METHODS = MeasureSpec.Name.METHOD_MASKS.label();

  private record Pair(String run, int cycle, String measure, String first, String second) {
    static Pair of(AgreementRow row) {
      return new Pair(
          row.getRun(), row.getCycle(), row.getMeasure(), row.getFirst(), row.getSecond());
    }
  }

  private record Key(String series, String panel, int cycle) {}

  private AgreementFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    Gathered<Key> shares = new Gathered<>();
    MethodPairs pairs = new MethodPairs();
    for (ExperimentTables experiment : experiments) {
      RunSeries runs = new RunSeries(experiment);
      Map<Pair, List<AgreementRow>> tensors = new LinkedHashMap<>();
      for (AgreementRow row : experiment.rows(Tables.AGREEMENTS)) {
        tensors.computeIfAbsent(Pair.of(row), pair -> new ArrayList<>()).add(row);
      }
      tensors.forEach(
          (pair, rows) -> {
            String method = rows.get(0).getMethod();
            String label = runs.label(pair.run, method, labels);
            if (pair.measure.equals(OF_METHODS)) {
              label = pairs.name(label, method, pair.second, runs);
            }
            add(shares, label, pair, rows);
          });
    }
    return new Figure(
        "agreement",
        "What masks and signs have in common",
        "Masks: weights that both networks keep, as a share of those that either keeps"
            + " (intersection over union). Flips: of the weights that both keep, those that are"
            + " positive in one and negative in the other. Mean over seeds and pairs. Sparser is"
            + " to the right.",
        pairs.drawn(shares.rows(AgreementFigure::row)),
        pairs.notes(Tables.AGREEMENTS.folder()));
  }

  private static void add(Gathered<Key> shares, String label, Pair pair, List<AgreementRow> rows) {
    long both = 0;
    long either = 0;
    double flips = 0;
    for (AgreementRow row : rows) {
      both += row.getBothKept();
      either += row.getFirstKept() + row.getSecondKept() - row.getBothKept();
      flips += row.getSignFlips() * row.getBothKept();
    }
    double density = rows.get(0).getDensity();
    if (pair.measure.endsWith("masks")) {
      Key key = new Key(label, pair.measure, pair.cycle);
      shares.add(key, "density", density);
      shares.add(key, "value", either == 0 ? 1 : both / (double) either);
    }
    Key key = new Key(label, pair.measure + ", flips", pair.cycle);
    shares.add(key, "density", density);
    shares.add(key, "value", both == 0 ? 0 : flips / both);
  }

  private static Map<String, Object> row(Key key, Gathered.Values values) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("series", key.series);
    row.put("panel", key.panel);
    row.put("cycle", key.cycle);
    values.putMean(row, "density");
    values.put(row, "value");
    return row;
  }
}
