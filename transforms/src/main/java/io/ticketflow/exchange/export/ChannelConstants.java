package io.ticketflow.exchange.export;

import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import io.ticketflow.math.ErrorFunction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a channel is where no image can change it: one number at every pixel. Such are the outputs
 * of a convolution or linear layer whose weights are all 0, and what later layers make of them, in
 * evaluation.
 */
final class ChannelConstants {
  private final Map<String, double[]> byNode = new HashMap<>();

  /**
   * @param tensors values by name
   */
  ChannelConstants(ModelGraph graph, Map<String, float[]> tensors) {
    byNode.put(ModelGraph.INPUT, varying(graph.channels()));
    for (Node node : graph.nodes()) {
      double[] first = of(node.inputs().get(0));
      double[] out;
      if (ChannelGroups.makesChannels(node)) {
        out = written(node, tensors);
      } else if (node.layer() instanceof Layer.BatchNorm) {
        out = normalised(node.name(), first, tensors);
      } else if (node.layer() instanceof Layer.Relu) {
        out = Arrays.stream(first).map(x -> Math.max(x, 0)).toArray();
      } else if (node.layer() instanceof Layer.Gelu) {
        out = Arrays.stream(first).map(ChannelConstants::gelu).toArray();
      } else if (node.layer() instanceof Layer.Scale scale) {
        out = Arrays.stream(first).map(x -> x * scale.factor()).toArray();
      } else if (node.layer() instanceof Layer.Add) {
        double[] second = of(node.inputs().get(1));
        out = first.clone();
        Arrays.setAll(out, c -> first[c] + second[c]);
      } else {
        // Pools, whose padding counts for nothing, and flattening.
        out = first;
      }
      byNode.put(node.name(), out);
    }
  }

  /** The constant of each channel that a node gives; NaN where images change it. */
  double[] of(String node) {
    double[] constants = byNode.get(node);
    if (constants == null) {
      throw new IllegalArgumentException("no node is named " + node);
    }
    return constants;
  }

  private static double[] written(Node node, Map<String, float[]> tensors) {
    float[] weight = tensor(tensors, node.name() + ".weight");
    float[] bias = tensors.get(node.name() + ".bias");
    int outputs = Math.toIntExact(node.parameters().get(0).shape().get(0));
    int row = weight.length / outputs;
    double[] constants = varying(outputs);
    for (int o = 0; o < outputs; o++) {
      if (isZero(weight, o * row, row)) {
        constants[o] = bias == null ? 0 : bias[o];
      }
    }
    return constants;
  }

  private static double[] normalised(String node, double[] in, Map<String, float[]> tensors) {
    float[] weight = tensor(tensors, node + ".weight");
    float[] bias = tensor(tensors, node + ".bias");
    float[] mean = tensor(tensors, node + ".running_mean");
    float[] variance = tensor(tensors, node + ".running_var");
    double[] out = in.clone();
    for (int c = 0; c < out.length; c++) {
      out[c] =
          (in[c] - mean[c]) / Math.sqrt(variance[c] + Layer.BatchNorm.EPSILON) * weight[c]
              + bias[c];
    }
    return out;
  }

  private static double gelu(double x) {
    return x * (1 + ErrorFunction.of(x / Math.sqrt(2))) / 2;
  }

  static boolean isZero(float[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (values[i] != 0) {
        return false;
      }
    }
    return true;
  }

  static float[] tensor(Map<String, float[]> tensors, String name) {
    float[] values = tensors.get(name);
    if (values == null) {
      throw new IllegalArgumentException("there is no tensor " + name);
    }
    return values;
  }

  private static double[] varying(int channels) {
    double[] constants = new double[channels];
    Arrays.fill(constants, Double.NaN);
    return constants;
  }
}
