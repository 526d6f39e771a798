package io.ticketflow.pipelines.report;

import static java.util.Map.entry;

import io.ticketflow.schemas.CycleRow;
import io.ticketflow.store.tables.Tables;
import java.util.List;
import java.util.Map;

/** How good the results' probabilities are, beside their accuracy. */
final class QualityFigure {
  private QualityFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    return new Figure(
        "quality",
        "Likelihood and calibration against density",
        "Of results on test, mean over seeds: negative log-likelihood, expected calibration error"
            + " and Brier score, all better if smaller, and the accuracy of the class that has the"
            + " lowest. Sparser is to the right.",
        Quantities.rows(
            experiments,
            labels,
            experiment ->
                Deliverables.of(experiment.rows(Tables.CYCLES)).stream()
                    .filter(row -> row.getSplit().equals("test"))
                    .filter(row -> row.getSubject().equals(Deliverables.RESULT))
                    .map(QualityFigure::of)),
        List.of());
  }

  private static Quantities of(CycleRow row) {
    return new Quantities(
        row.getRun(),
        row.getMethod(),
        row.getCycle(),
        row.getDensity(),
        "",
        Quantities.named(
            entry("negative log-likelihood (nats)", row.getNll()),
            entry("calibration error (ECE)", row.getEce()),
            entry("Brier score", row.getBrier()),
            entry("accuracy of the worst class", row.getWorstClassAccuracy())),
        Map.of());
  }
}
