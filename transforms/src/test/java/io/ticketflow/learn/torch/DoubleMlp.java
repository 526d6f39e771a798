package io.ticketflow.learn.torch;

import io.ticketflow.network.TensorSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Linear, ReLU, linear, cross-entropy and their derivatives in plain doubles, written from the
 * formulas: what the engine's training is compared with.
 */
final class DoubleMlp {
  /** fc1.weight, fc1.bias, fc2.weight, fc2.bias. */
  final List<double[]> weights = new ArrayList<>();

  private final int in;
  private final int hidden;
  private final int classes;

  DoubleMlp(int in, int hidden, int classes, TensorSet start) {
    this.in = in;
    this.hidden = hidden;
    this.classes = classes;
    for (String name : List.of("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias")) {
      float[] values = start.get(name).values();
      double[] copy = new double[values.length];
      for (int i = 0; i < copy.length; i++) {
        copy[i] = values[i];
      }
      weights.add(copy);
    }
  }

  /** Gradients of the mean smoothed cross-entropy, in the order of the weights. */
  List<double[]> gradients(float[][] images, int[] labels, double smoothing) {
    double[] w1 = weights.get(0);
    double[] b1 = weights.get(1);
    double[] w2 = weights.get(2);
    double[] b2 = weights.get(3);
    List<double[]> gradients = new ArrayList<>();
    weights.forEach(w -> gradients.add(new double[w.length]));
    for (int n = 0; n < images.length; n++) {
      double[] h = new double[hidden];
      for (int j = 0; j < hidden; j++) {
        double sum = b1[j];
        for (int i = 0; i < in; i++) {
          sum += w1[j * in + i] * images[n][i];
        }
        h[j] = Math.max(0, sum);
      }
      double[] z = new double[classes];
      double total = 0;
      for (int k = 0; k < classes; k++) {
        z[k] = b2[k];
        for (int j = 0; j < hidden; j++) {
          z[k] += w2[k * hidden + j] * h[j];
        }
        total += Math.exp(z[k]);
      }
      double[] dh = new double[hidden];
      for (int k = 0; k < classes; k++) {
        double target = smoothing / classes + (k == labels[n] ? 1 - smoothing : 0);
        double dz = (Math.exp(z[k]) / total - target) / images.length;
        gradients.get(3)[k] += dz;
        for (int j = 0; j < hidden; j++) {
          gradients.get(2)[k * hidden + j] += dz * h[j];
          dh[j] += dz * w2[k * hidden + j];
        }
      }
      for (int j = 0; j < hidden; j++) {
        if (h[j] > 0) {
          gradients.get(1)[j] += dh[j];
          for (int i = 0; i < in; i++) {
            gradients.get(0)[j * in + i] += dh[j] * images[n][i];
          }
        }
      }
    }
    return gradients;
  }
}
