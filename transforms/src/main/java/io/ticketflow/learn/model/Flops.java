package io.ticketflow.learn.model;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Floating-point operations of a forward pass of one image: two (a multiplication and an addition)
 * for each use of a weight of a convolution or linear layer. As is the custom, biases, BatchNorm,
 * activations, pools and sums are not counted, and multiplications with padding are.
 */
public final class Flops {
  private Flops() {}

  /** With every weight present. */
  public static long dense(ModelGraph graph) {
    return sparse(graph, Map.of());
  }

  /**
   * With pruned weights left out.
   *
   * @param kept entries kept by tensor name; a tensor that is not named is dense
   * @throws IllegalArgumentException naming the tensor, if it is no weight of the network's
   *     convolutions and linear layers, or if more are kept than it has
   */
  public static long sparse(ModelGraph graph, Map<String, Long> kept) {
    Set<String> unknown = new HashSet<>(kept.keySet());
    long multiplyAdds = 0;
    for (Map.Entry<ParameterSpec, Long> weight : uses(graph).entrySet()) {
      unknown.remove(weight.getKey().name());
      multiplyAdds =
          Math.addExact(
              multiplyAdds, Math.multiplyExact(weight.getValue(), kept(weight.getKey(), kept)));
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "the network has no weights named " + String.join(", ", unknown));
    }
    return Math.multiplyExact(2L, multiplyAdds);
  }

  /** How often an image's pass takes each entry of a weight, in the network's order. */
  public static Map<ParameterSpec, Long> uses(ModelGraph graph) {
    Map<String, FeatureShape> shapes = graph.shapes();
    Map<ParameterSpec, Long> uses = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      FeatureShape output = shapes.getOrDefault(node.name(), FeatureShape.flat(1));
      long ofEach = node.layer().usesOfEachWeight(output);
      if (ofEach > 0) {
        uses.put(node.parameters().get(0), ofEach);
      }
    }
    return uses;
  }

  private static long kept(ParameterSpec weight, Map<String, Long> kept) {
    long count = kept.getOrDefault(weight.name(), weight.size());
    if (count < 0 || count > weight.size()) {
      throw new IllegalArgumentException(
          "tensor " + weight.name() + " has " + weight.size() + " entries, not " + count);
    }
    return count;
  }
}
