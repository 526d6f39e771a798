package io.ticketflow.learn.measure;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.math.CalibrationError;
import io.ticketflow.math.ScoreAccumulator;
import io.ticketflow.math.Scores;
import io.ticketflow.math.Softmax;
import io.ticketflow.math.TemperatureScaling;
import io.ticketflow.network.TensorSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far probabilities on test are to be believed, before and after temperature scaling.
 *
 * @param temperature fitted on validation
 * @param nll of test at temperature 1, mean over images, in nats
 * @param scaledNll at the fitted one
 * @param reliability bins of test at temperature 1
 * @param ece its expected calibration error
 * @param scaledEce at the fitted temperature
 */
public record Calibration(
    double temperature,
    double nll,
    double scaledNll,
    double ece,
    double scaledEce,
    List<CalibrationError.Bin> reliability) {
  public Calibration {
    reliability = List.copyOf(reliability);
  }

  /**
   * Of a network, or of several whose probabilities are averaged.
   *
   * @param members BatchNorm's statistics are taken as they are
   * @param data validation and test must have images
   * @param bins of the calibration error
   */
  public static Calibration of(
      ModelGraph graph,
      List<TensorSet> members,
      DataSplits data,
      int batchSize,
      int bins,
      Calculator calculator) {
    double[][] fitted;
    double[][] test;
    try (Calculator.Logits pass = calculator.logits(graph, members)) {
      fitted = logs(pass, data.validation(), data, batchSize);
      test = logs(pass, data.test(), data, batchSize);
    }
    double temperature = TemperatureScaling.fit(fitted, data.validation().labels());
    int[] labels = data.test().labels();
    ScoreAccumulator plain = scored(test, labels, 1, graph.classes(), bins);
    Scores before = plain.scores();
    Scores after = scored(test, labels, temperature, graph.classes(), bins).scores();
    return new Calibration(
        temperature, before.nll(), after.nll(), before.ece(), after.ece(), plain.reliability());
  }

  /** Logarithms of the probabilities, a row an image. */
  private static double[][] logs(
      Calculator.Logits pass, Images images, DataSplits data, int batchSize) {
    List<double[]> rows = new ArrayList<>();
    pass.over(
        images,
        data,
        batchSize,
        (logits, from, to) -> {
          int classes = logits.get(0).length / (to - from);
          for (int i = 0; i < to - from; i++) {
            rows.add(logs(logits, i, classes));
          }
        });
    return rows.toArray(double[][]::new);
  }

  private static double[] logs(List<float[]> members, int image, int classes) {
    if (members.size() == 1) {
      float[] row = members.get(0);
      return Softmax.log(Arrays.copyOfRange(row, image * classes, (image + 1) * classes));
    }
    double[] logs = Evaluation.meanProbabilities(members, image, classes);
    for (int k = 0; k < classes; k++) {
      logs[k] = StrictMath.log(Math.max(logs[k], ScoreAccumulator.LEAST_PROBABILITY));
    }
    return logs;
  }

  private static ScoreAccumulator scored(
      double[][] logs, int[] labels, double temperature, int classes, int bins) {
    ScoreAccumulator scores = new ScoreAccumulator(classes, bins, 0);
    for (int i = 0; i < labels.length; i++) {
      scores.addProbabilities(TemperatureScaling.probabilities(logs[i], temperature), labels[i]);
    }
    return scores;
  }
}
