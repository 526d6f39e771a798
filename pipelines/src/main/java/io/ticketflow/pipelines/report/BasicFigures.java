package io.ticketflow.pipelines.report;

import java.util.ArrayList;
import java.util.List;

/** The figures of every experiment: those of its tables of cycles, epochs, layers and costs. */
final class BasicFigures {
  private BasicFigures() {}

  /** In the order of the page; without those of which there is nothing to draw. */
  static List<FigureSection> of(
      List<AccuracyPoint> accuracy,
      Thinned<CurvePoint> curves,
      Thinned<LayerPoint> layers,
      List<SpeedPoint> speeds) {
    List<FigureSection> figures = new ArrayList<>();
    if (!accuracy.isEmpty()) {
      figures.add(
          new FigureSection(
              "accuracy",
              "Test accuracy against density",
              "Mean over seeds; the band is ± one sample standard deviation of the merged network."
                  + " Sparser is to the right. Choose a method above, or click an entry of the"
                  + " legend, to single it out.",
              List.of()));
    }
    if (!curves.points().isEmpty()) {
      String what = "Mean over seeds and particles, a line a cycle.";
      figures.add(new FigureSection("loss", "Training loss by epoch", what, curves.notes()));
      if (curves.points().stream().anyMatch(point -> point.validationAccuracy().isPresent())) {
        figures.add(
            new FigureSection("validation", "Validation accuracy by epoch", what, curves.notes()));
      }
    }
    if (!layers.points().isEmpty()) {
      figures.add(
          new FigureSection(
              "layers",
              "Layer densities by cycle",
              "Kept part of each prunable tensor, from the input (top) to the output; mean over"
                  + " seeds.",
              layers.notes()));
    }
    if (!speeds.isEmpty()) {
      figures.add(
          new FigureSection(
              "speed",
              "Images/s against density",
              "What a network of each cycle lets through a second, in training (there and back) and"
                  + " in measuring (there alone): mean over seeds and particles, as the clock had"
                  + " it when each was made. Sparser is to the right.",
              List.of()));
    }
    return figures;
  }
}
