package io.ticketflow.pipelines.report;

import static java.util.Map.entry;

import io.ticketflow.schemas.CurvatureRow;
import io.ticketflow.store.tables.Tables;
import java.util.List;
import java.util.Map;

/** How sharply the train loss bends at solutions and particles. */
final class CurvatureFigure {
  private CurvatureFigure() {}

  static Figure of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    return new Figure(
        "curvature",
        "Curvature against density",
        "Trace and largest eigenvalue of the Hessian of the train loss, in the weights that are"
            + " kept: mean over seeds. Smaller is flatter. Sparser is to the right.",
        Quantities.rows(
            experiments,
            labels,
            experiment -> experiment.rows(Tables.CURVATURES).stream().map(CurvatureFigure::of)),
        List.of());
  }

  private static Quantities of(CurvatureRow row) {
    return new Quantities(
        row.getRun(),
        row.getMethod(),
        row.getCycle(),
        row.getDensity(),
        row.getSubject().equals("solution") ? "" : ", a particle",
        Quantities.named(
            entry("trace", row.getTrace()),
            entry("largest eigenvalue", row.getLargestEigenvalue())),
        Quantities.named(entry("error", row.getTraceError())));
  }
}
