package io.ticketflow.exchange.export;

import io.ticketflow.learn.model.ModelGraph;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be written.
 *
 * @param graph of these tensors
 * @param scaling to be the network's first step, where the file holds more than tensors
 * @param metadata facts about it, by name
 */
public record ExportedNetwork(
    NetworkSource network,
    Optional<ModelGraph> graph,
    Optional<InputScaling> scaling,
    Map<String, String> metadata) {
  public ExportedNetwork {
    metadata = Map.copyOf(metadata);
  }

  ModelGraph requireGraph() {
    return graph.orElseThrow(() -> new IllegalArgumentException("the format needs a graph"));
  }
}
