package io.ticketflow.learn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A layer in its place.
 *
 * @param name unique in the graph; the prefix of its parameters
 * @param inputs names of earlier nodes, or {@link ModelGraph#INPUT}
 */
public record Node(String name, Layer layer, List<String> inputs) {
  public Node {
    inputs = List.copyOf(inputs);
    if (name.isBlank() || name.equals(ModelGraph.INPUT)) {
      throw new IllegalArgumentException("a node cannot be named '" + name + "'");
    }
  }

  /** The tensors of this node, in PyTorch's order. */
  public List<ParameterSpec> parameters() {
    return layer.parameters(name);
  }

  /**
   * The shape that comes out of this node.
   *
   * @param earlier shapes of the nodes before it and of {@link ModelGraph#INPUT}
   * @throws IllegalArgumentException naming the node, if an input is not among them or does not fit
   */
  public FeatureShape outputShape(Map<String, FeatureShape> earlier) {
    List<FeatureShape> shapes = new ArrayList<>();
    for (String input : inputs) {
      FeatureShape shape = earlier.get(input);
      if (shape == null) {
        throw new IllegalArgumentException("node " + name + ": no earlier node is named " + input);
      }
      shapes.add(shape);
    }
    try {
      return layer.outputShape(shapes);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException("node " + name + ": " + e.getMessage(), e);
    }
  }
}
