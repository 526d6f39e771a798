package io.ticketflow.learn.model;

import java.util.List;

/**
 * A layer in its place.
 *
 * @param name unique in the graph; the prefix of its parameters
 * @param inputs names of earlier nodes, or {@link ModelGraph#INPUT}
 */
public record Node(String name, Layer layer, List<String> inputs) {
  public Node {
    inputs = List.copyOf(inputs);
  }
}
