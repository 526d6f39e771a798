package io.ticketflow.pipelines.report;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The figures of what was measured, one a file. */
final class MeasureFigures {
  private static final List<BiFunction<List<ExperimentTables>, Map<Series, String>, Figure>> ALL =
      List.of(
          QualityFigure::of,
          RoundsFigure::of,
          BarrierFigure::of,
          PathFigure::of,
          PlaneFigure::of,
          HullFigure::of,
          DiversityFigure::of,
          CurvatureFigure::of,
          CalibrationFigure::of,
          ReliabilityFigure::of,
          RobustnessFigure::of,
          CorruptionFigure::of,
          AgreementFigure::of,
          UnitsFigure::of,
          PixelFigure::of,
          TimeFigure::of,
          WorkersFigure::of);

  private MeasureFigures() {}

  /** Those that have something to show, in the page's order. */
  static List<Figure> of(List<ExperimentTables> experiments, Map<Series, String> labels) {
    return ALL.parallelStream()
        .map(figure -> figure.apply(experiments, labels))
        .filter(figure -> !figure.rows().isEmpty())
        .toList();
  }
}
