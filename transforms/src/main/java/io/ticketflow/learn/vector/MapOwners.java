package io.ticketflow.learn.vector;

import io.ticketflow.kernel.Geometry;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes of a network share a map, and when a map is used. Nodes that work in place share
 * their first input's: ReLU, additions, and in networks without pixels flattening.
 */
final class MapOwners {
  private final ModelGraph graph;
  private final boolean features;
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, List<Integer>> users = new HashMap<>();

  MapOwners(ModelGraph graph) {
    this.graph = graph;
    features = isOfFeatures(graph);
    owners.put(ModelGraph.INPUT, ModelGraph.INPUT);
    for (Node node : graph.nodes()) {
      owners.put(node.name(), isInPlace(node) ? owner(node.inputs().get(0)) : node.name());
    }
    for (int i = 0; i < graph.nodes().size(); i++) {
      for (String used : used(graph.nodes().get(i))) {
        users.computeIfAbsent(used, owner -> new ArrayList<>()).add(i);
      }
    }
  }

  /** Whether every layer takes features, so that a block can hold more images. */
  private static boolean isOfFeatures(ModelGraph graph) {
    return graph.nodes().stream()
        .allMatch(
            node ->
                node.layer() instanceof Layer.Linear
                    || node.layer() instanceof Layer.Relu
                    || node.layer() instanceof Layer.Flatten);
  }

  private boolean isInPlace(Node node) {
    if (node.layer() instanceof Layer.Flatten) {
      return features;
    }
    boolean works = node.layer() instanceof Layer.Relu || node.layer() instanceof Layer.Add;
    String first = node.inputs().get(0);
    Set<String> readers = new HashSet<>();
    graph.nodes().stream()
        .filter(other -> other.inputs().contains(first))
        .forEach(other -> readers.add(other.name()));
    return works && readers.size() == 1 && !first.equals(ModelGraph.INPUT);
  }

  /** The square of a layer with weights; null of others. */
  static @Nullable Geometry geometry(Layer layer) {
    if (layer instanceof Layer.Conv conv) {
      return new Geometry(conv.kernel(), conv.stride(), conv.padding());
    }
    return layer instanceof Layer.Linear ? Geometry.POINT : null;
  }

  /** Whether the network knows no pixels. */
  boolean isOfFeatures() {
    return features;
  }

  /** The owners of all maps, the input among them. */
  Collection<String> all() {
    return new LinkedHashSet<>(owners.values());
  }

  /** The node that made the map which a node writes. */
  String owner(String node) {
    String owner = owners.get(node);
    if (owner == null) {
      throw new IllegalStateException("no map of " + node);
    }
    return owner;
  }

  /** The owners of the maps that a node writes and reads. */
  Set<String> used(Node node) {
    Set<String> used = new LinkedHashSet<>();
    used.add(owner(node.name()));
    node.inputs().forEach(input -> used.add(owner(input)));
    return used;
  }

  /** Where nodes stand that use an owner's map; the first of them writes it. */
  List<Integer> users(String owner) {
    return users.getOrDefault(owner, List.of());
  }
}
