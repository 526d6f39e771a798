package io.ticketflow.learn.torch;

import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import java.util.HashMap;
import java.util.Map;

/** The forward pass of airbench94 in doubles and nested loops, written from the paper. */
final class PlainAirbench {
  private final Map<String, double[]> tensors = new HashMap<>();
  private final boolean training;

  /** Maps of one channel count: image, then channel, then row by row. */
  private record Maps(double[][] values, int channels, int side) {}

  PlainAirbench(TensorSet network, boolean training) {
    this.training = training;
    for (Tensor tensor : network.tensors()) {
      double[] values = new double[tensor.values().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = tensor.values()[i];
      }
      tensors.put(tensor.name(), values);
    }
  }

  /** The logits of images of three channels, a row an image. */
  double[][] logits(double[][] images, int side) {
    Maps x = convolve(new Maps(images, 3, side), "whiten", 2, 0);
    gelu(x);
    for (int block = 1; block <= 3; block++) {
      x = pool(convolve(x, "block" + block + ".conv1", 3, 1), 2);
      normalise(x, "block" + block + ".norm1");
      gelu(x);
      x = convolve(x, "block" + block + ".conv2", 3, 1);
      normalise(x, "block" + block + ".norm2");
      gelu(x);
    }
    x = pool(x, 3);
    double[] head = get("head.weight");
    int classes = head.length / x.channels;
    double[][] logits = new double[images.length][classes];
    for (int n = 0; n < images.length; n++) {
      for (int k = 0; k < classes; k++) {
        for (int c = 0; c < x.channels; c++) {
          logits[n][k] += head[k * x.channels + c] * x.values[n][c] / 9;
        }
      }
    }
    return logits;
  }

  /** The mean cross-entropy of a batch, with smoothed labels. */
  double loss(double[][] images, int side, int[] labels, double smoothing) {
    double loss = 0;
    double[][] logits = logits(images, side);
    for (int n = 0; n < logits.length; n++) {
      double total = 0;
      for (double logit : logits[n]) {
        total += Math.exp(logit);
      }
      for (int k = 0; k < logits[n].length; k++) {
        double target = smoothing / logits[n].length + (k == labels[n] ? 1 - smoothing : 0);
        loss -= target * (logits[n][k] - Math.log(total)) / logits.length;
      }
    }
    return loss;
  }

  /** The tensor of that name. */
  double[] get(String name) {
    double[] values = tensors.get(name);
    if (values == null) {
      throw new AssertionError("there is no " + name);
    }
    return values;
  }

  private Maps convolve(Maps in, String name, int kernel, int padding) {
    double[] weight = get(name + ".weight");
    double[] bias = tensors.get(name + ".bias");
    int outs = weight.length / (in.channels * kernel * kernel);
    int side = in.side + 2 * padding - kernel + 1;
    double[][] out = new double[in.values.length][outs * side * side];
    for (int n = 0; n < out.length; n++) {
      for (int i = 0; i < out[n].length; i++) {
        int o = i / (side * side);
        double sum = bias == null ? 0 : bias[o];
        for (int k = 0; k < in.channels * kernel * kernel; k++) {
          int row = i / side % side + k / kernel % kernel - padding;
          int column = i % side + k % kernel - padding;
          if (row >= 0 && row < in.side && column >= 0 && column < in.side) {
            int from = (k / (kernel * kernel) * in.side + row) * in.side + column;
            sum += weight[o * in.channels * kernel * kernel + k] * in.values[n][from];
          }
        }
        out[n][i] = sum;
      }
    }
    return new Maps(out, outs, side);
  }

  private static Maps pool(Maps in, int window) {
    int side = in.side / window;
    double[][] out = new double[in.values.length][in.channels * side * side];
    for (int n = 0; n < out.length; n++) {
      for (int i = 0; i < out[n].length; i++) {
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < window * window; k++) {
          int row = (i / side % side) * window + k / window;
          int column = (i % side) * window + k % window;
          int from = (i / (side * side) * in.side + row) * in.side + column;
          most = Math.max(most, in.values[n][from]);
        }
        out[n][i] = most;
      }
    }
    return new Maps(out, in.channels, side);
  }

  private void normalise(Maps x, String name) {
    int area = x.side * x.side;
    for (int c = 0; c < x.channels; c++) {
      double mean = training ? 0 : get(name + ".running_mean")[c];
      double variance = training ? 0 : get(name + ".running_var")[c];
      double share = 1.0 / (x.values.length * area);
      for (int pass = 0; pass < 2 && training; pass++) {
        for (double[] image : x.values) {
          for (int i = c * area; i < (c + 1) * area; i++) {
            mean += pass == 0 ? image[i] * share : 0;
            variance += pass == 1 ? (image[i] - mean) * (image[i] - mean) * share : 0;
          }
        }
      }
      for (double[] image : x.values) {
        for (int i = c * area; i < (c + 1) * area; i++) {
          image[i] = (image[i] - mean) / Math.sqrt(variance + 1e-5) + get(name + ".bias")[c];
        }
      }
    }
  }

  /** x·Φ(x): Φ from 0 by Simpson's rule over the normal density, to about 1e-12. */
  private static void gelu(Maps maps) {
    for (double[] image : maps.values) {
      for (int i = 0; i < image.length; i++) {
        image[i] *= 0.5 + integral(Math.max(-8, Math.min(8, image[i])));
      }
    }
  }

  private static double integral(double end) {
    int pieces = 64;
    double sum = 0;
    for (int i = 0; i <= pieces; i++) {
      double x = end * i / pieces;
      double weight = i == 0 || i == pieces ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(-x * x / 2);
    }
    return sum * end / pieces / 3 / Math.sqrt(2 * Math.PI);
  }
}
