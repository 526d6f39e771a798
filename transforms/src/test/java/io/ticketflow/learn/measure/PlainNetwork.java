package io.ticketflow.learn.measure;

import io.ticketflow.learn.model.FeatureShape;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network and its derivatives in plain doubles and nested loops, written from the formulas: what
 * the engine's gradients are compared with.
 */
public final class PlainNetwork {
  private static final double EPSILON = 1e-5;
  private static final double[] NONE = {};

  private final Map<String, double[]> weights = new HashMap<>();

  private final ModelGraph graph;
  private final Map<String, FeatureShape> shapes;
  private final boolean training;

  public PlainNetwork(ModelGraph graph, TensorSet tensors, boolean training) {
    this.graph = graph;
    this.shapes = graph.shapes();
    this.training = training;
    for (Tensor tensor : tensors.tensors()) {
      double[] copy = new double[tensor.values().length];
      for (int i = 0; i < copy.length; i++) {
        copy[i] = tensor.values()[i];
      }
      weights.put(tensor.name(), copy);
    }
  }

  /** The gradients of the cross-entropy, summed over the images, by tensor. */
  Map<String, double[]> lossGradients(double[][] images, int[] labels, double temperature) {
    Map<String, double[][]> values = forward(images);
    double[][] logits = get(values, last());
    double[][] gradient = new double[logits.length][graph.classes()];
    for (int n = 0; n < logits.length; n++) {
      double total = 0;
      for (double logit : logits[n]) {
        total += Math.exp(logit / temperature);
      }
      for (int k = 0; k < graph.classes(); k++) {
        double probability = Math.exp(logits[n][k] / temperature) / total;
        gradient[n][k] = (probability - (k == labels[n] ? 1 : 0)) / temperature;
      }
    }
    return backward(values, gradient);
  }

  /** The outputs, a row an image. */
  public double[][] logits(double[][] images) {
    return get(forward(images), last());
  }

  /** The gradients by tensor, where those of the outputs are given. */
  public Map<String, double[]> gradients(double[][] images, double[][] ofLogits) {
    return backward(forward(images), ofLogits);
  }

  /** The sum of the outputs for an image of ones. */
  double flow() {
    double sum = 0;
    for (double output : get(forward(ones()), last())[0]) {
      sum += output;
    }
    return sum;
  }

  /** The gradients of the flow, by tensor. */
  Map<String, double[]> flowGradients() {
    double[][] ones = new double[1][graph.classes()];
    Arrays.fill(ones[0], 1);
    return backward(forward(ones()), ones);
  }

  /** The tensor of that name. */
  double[] tensor(String name) {
    return get(weights, name);
  }

  public static <T> T get(Map<String, T> map, String key) {
    T value = map.get(key);
    if (value == null) {
      throw new AssertionError("nothing is named " + key);
    }
    return value;
  }

  private double[][] ones() {
    double[][] image = new double[1][graph.channels() * graph.height() * graph.width()];
    Arrays.fill(image[0], 1);
    return image;
  }

  private String last() {
    return graph.nodes().get(graph.nodes().size() - 1).name();
  }

  private Map<String, double[][]> forward(double[][] images) {
    Map<String, double[][]> values = new HashMap<>();
    values.put(ModelGraph.INPUT, images);
    for (Node node : graph.nodes()) {
      double[][] out = new double[images.length][get(shapes, node.name()).size()];
      visit(node, values, out, Map.of(), Map.of());
      values.put(node.name(), out);
    }
    return values;
  }

  private Map<String, double[]> backward(Map<String, double[][]> values, double[][] ofOutput) {
    Map<String, double[][]> gradients = new HashMap<>();
    values.forEach((name, value) -> gradients.put(name, new double[value.length][value[0].length]));
    gradients.put(last(), ofOutput);
    Map<String, double[]> ofWeights = new HashMap<>();
    for (ParameterSpec spec : graph.parameters()) {
      ofWeights.put(spec.name(), new double[(int) spec.size()]);
    }
    List<Node> reversed = new ArrayList<>(graph.nodes());
    Collections.reverse(reversed);
    for (Node node : reversed) {
      visit(node, values, get(values, node.name()), gradients, ofWeights);
    }
    return ofWeights;
  }

  /** Computes a node's output, or, given gradients, adds to those of its inputs and weights. */
  private void visit(
      Node node,
      Map<String, double[][]> values,
      double[][] out,
      Map<String, double[][]> gradients,
      Map<String, double[]> ofWeights) {
    String input = node.inputs().get(0);
    double[][] x = get(values, input);
    double[][] x2 = get(values, node.inputs().get(node.inputs().size() - 1));
    boolean back = !gradients.isEmpty();
    double[][] dx = back ? get(gradients, input) : x;
    double[][] dx2 = back ? get(gradients, node.inputs().get(node.inputs().size() - 1)) : x2;
    double[][] dy = back ? get(gradients, node.name()) : out;
    FeatureShape in = get(shapes, input);
    FeatureShape to = get(shapes, node.name());
    double[] w = weights.getOrDefault(node.name() + ".weight", NONE);
    double[] dw = ofWeights.getOrDefault(node.name() + ".weight", NONE);
    double[] b = weights.getOrDefault(node.name() + ".bias", NONE);
    double[] db = ofWeights.getOrDefault(node.name() + ".bias", NONE);
    boolean bias = b.length > 0;
    Layer layer = node.layer();
    if (layer instanceof Layer.BatchNorm) {
      batchNorm(node.name(), x, out, in, back, dx, dy, dw, db);
      return;
    }
    for (int n = 0; n < x.length; n++) {
      if (layer instanceof Layer.Linear) {
        for (int k = 0; k < to.size(); k++) {
          double sum = bias ? b[k] : 0;
          for (int i = 0; i < in.size(); i++) {
            sum += w[k * in.size() + i] * x[n][i];
            if (back) {
              dw[k * in.size() + i] += dy[n][k] * x[n][i];
              dx[n][i] += dy[n][k] * w[k * in.size() + i];
            }
          }
          if (!back) {
            out[n][k] = sum;
          } else if (bias) {
            db[k] += dy[n][k];
          }
        }
      } else if (layer instanceof Layer.Conv conv) {
        int side = conv.kernel();
        for (int o = 0; o < to.channels(); o++) {
          for (int r = 0; r < to.height(); r++) {
            for (int c = 0; c < to.width(); c++) {
              int at = (o * to.height() + r) * to.width() + c;
              double sum = bias ? b[o] : 0;
              for (int i = 0; i < in.channels(); i++) {
                for (int u = 0; u < side; u++) {
                  for (int v = 0; v < side; v++) {
                    int row = r * conv.stride() + u - conv.padding();
                    int column = c * conv.stride() + v - conv.padding();
                    if (row < 0 || column < 0 || row >= in.height() || column >= in.width()) {
                      continue;
                    }
                    int from = (i * in.height() + row) * in.width() + column;
                    int weight = ((o * in.channels() + i) * side + u) * side + v;
                    sum += w[weight] * x[n][from];
                    if (back) {
                      dw[weight] += dy[n][at] * x[n][from];
                      dx[n][from] += dy[n][at] * w[weight];
                    }
                  }
                }
              }
              if (!back) {
                out[n][at] = sum;
              } else if (bias) {
                db[o] += dy[n][at];
              }
            }
          }
        }
      } else if (layer instanceof Layer.MaxPool pool) {
        for (int ch = 0; ch < to.channels(); ch++) {
          for (int r = 0; r < to.height(); r++) {
            for (int c = 0; c < to.width(); c++) {
              int best = -1;
              for (int u = 0; u < pool.kernel(); u++) {
                for (int v = 0; v < pool.kernel(); v++) {
                  int row = r * pool.stride() + u - pool.padding();
                  int column = c * pool.stride() + v - pool.padding();
                  if (row < 0 || column < 0 || row >= in.height() || column >= in.width()) {
                    continue;
                  }
                  int from = (ch * in.height() + row) * in.width() + column;
                  best = best < 0 || x[n][from] > x[n][best] ? from : best;
                }
              }
              int at = (ch * to.height() + r) * to.width() + c;
              if (back) {
                dx[n][best] += dy[n][at];
              } else {
                out[n][at] = x[n][best];
              }
            }
          }
        }
      } else if (layer instanceof Layer.GlobalAvgPool) {
        int plane = in.height() * in.width();
        for (int i = 0; i < in.size(); i++) {
          if (back) {
            dx[n][i] += dy[n][i / plane] / plane;
          } else {
            out[n][i / plane] += x[n][i] / plane;
          }
        }
      } else {
        // One number in, one out: ReLU, the sum of two, or the same in another shape.
        boolean relu = layer instanceof Layer.Relu;
        boolean add = layer instanceof Layer.Add;
        for (int i = 0; i < in.size(); i++) {
          if (back) {
            dx[n][i] += relu && x[n][i] <= 0 ? 0 : dy[n][i];
            if (add) {
              dx2[n][i] += dy[n][i];
            }
          } else {
            double other = add ? x2[n][i] : 0;
            out[n][i] = relu ? Math.max(0, x[n][i]) : x[n][i] + other;
          }
        }
      }
    }
  }

  private void batchNorm(
      String node,
      double[][] x,
      double[][] out,
      FeatureShape in,
      boolean back,
      double[][] dx,
      double[][] dy,
      double[] dw,
      double[] db) {
    double[] w = get(weights, node + ".weight");
    double[] b = get(weights, node + ".bias");
    int plane = in.height() * in.width();
    double count = (double) x.length * plane;
    for (int ch = 0; ch < in.channels(); ch++) {
      double mean = 0;
      double square = 0;
      for (double[] image : x) {
        for (int i = ch * plane; i < (ch + 1) * plane; i++) {
          mean += image[i] / count;
          square += image[i] * image[i] / count;
        }
      }
      double variance = square - mean * mean;
      if (!training) {
        mean = get(weights, node + ".running_mean")[ch];
        variance = get(weights, node + ".running_var")[ch];
      }
      double deviation = Math.sqrt(variance + EPSILON);
      double sum = 0;
      double projected = 0;
      for (int n = 0; n < x.length; n++) {
        for (int i = ch * plane; i < (ch + 1) * plane; i++) {
          double normal = (x[n][i] - mean) / deviation;
          if (back) {
            sum += dy[n][i];
            projected += dy[n][i] * normal;
          } else {
            out[n][i] = normal * w[ch] + b[ch];
          }
        }
      }
      if (!back) {
        continue;
      }
      db[ch] += sum;
      dw[ch] += projected;
      for (int n = 0; n < x.length; n++) {
        for (int i = ch * plane; i < (ch + 1) * plane; i++) {
          double normal = (x[n][i] - mean) / deviation;
          double centred = training ? (sum + normal * projected) / count : 0;
          dx[n][i] += w[ch] / deviation * (dy[n][i] - centred);
        }
      }
    }
  }
}
