package io.ticketflow.learn.measure;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.math.CalibrationError;
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
    Scored plain = new Scored(test, data.test().labels(), 1, bins);
    Scored scaled = new Scored(test, data.test().labels(), temperature, bins);
    return new Calibration(
        temperature,
        plain.nll,
        scaled.nll,
        plain.error.value(),
        scaled.error.value(),
        plain.error.bins());
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
            rows.add(logs(logits, i * classes, classes));
          }
        });
    return rows.toArray(double[][]::new);
  }

  private static double[] logs(List<float[]> members, int at, int classes) {
    if (members.size() == 1) {
      return Softmax.log(Arrays.copyOfRange(members.get(0), at, at + classes));
    }
    double[] mean = new double[classes];
    for (float[] member : members) {
      double[] shares = Softmax.of(Arrays.copyOfRange(member, at, at + classes));
      for (int k = 0; k < classes; k++) {
        mean[k] += shares[k] / members.size();
      }
    }
    for (int k = 0; k < classes; k++) {
      mean[k] = StrictMath.log(Math.max(mean[k], Double.MIN_NORMAL));
    }
    return mean;
  }

  private static final class Scored {
    private final CalibrationError error;
    private final double nll;

    Scored(double[][] logs, int[] labels, double temperature, int bins) {
      error = new CalibrationError(bins);
      double sum = 0;
      for (int i = 0; i < labels.length; i++) {
        double[] shares = TemperatureScaling.probabilities(logs[i], temperature);
        int best = 0;
        for (int k = 1; k < shares.length; k++) {
          best = shares[k] > shares[best] ? k : best;
        }
        error.add(shares[best], best == labels[i]);
        sum -= StrictMath.log(Math.max(shares[labels[i]], Double.MIN_NORMAL));
      }
      nll = sum / labels.length;
    }
  }
}
