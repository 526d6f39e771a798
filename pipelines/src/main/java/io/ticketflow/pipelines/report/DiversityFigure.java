package io.ticketflow.pipelines.report;

import static java.util.Map.entry;

import io.ticketflow.schemas.PairRow;
import io.ticketflow.store.tables.Tables;
import java.util.List;
import java.util.Map;

/** How the particles of a cycle differ. */
final class DiversityFigure {
  private DiversityFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    return new Figure(
        "diversity",
        "How particles differ",
        "Share of images that two particles put in different classes; share of the errors of either"
            + " that are not errors of both; length of the difference of their weights. Mean over"
            + " seeds and pairs. Sparser is to the right.",
        Quantities.rows(
            experiments,
            labels,
            experiment -> experiment.rows(Tables.PAIRS).stream().map(DiversityFigure::of)),
        List.of());
  }

  private static Quantities of(PairRow row) {
    return new Quantities(
        row.getRun(),
        row.getMethod(),
        row.getCycle(),
        row.getDensity(),
        "",
        Quantities.named(
            entry("predictions that differ", row.getDisagreement()),
            entry("errors that differ", row.getDifferingErrors()),
            entry("distance of weights", row.getDistance())),
        Map.of());
  }
}
