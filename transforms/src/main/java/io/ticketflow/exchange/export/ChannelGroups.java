package io.ticketflow.exchange.export;

import io.ticketflow.learn.model.FeatureShape;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which nodes have the same channels. Convolutions and linear layers make new ones; every other
 * layer hands on those that it gets, and a sum makes one group of both its inputs'. So a channel
 * can only be cut out of a whole group.
 */
final class ChannelGroups {
  /**
   * Nodes of the same channels.
   *
   * @param nodes all that give these channels, in the graph's order; {@link ModelGraph#INPUT} too
   * @param writers the convolutions and linear layers among them
   * @param readers convolutions and linear layers that take them
   * @param channels how many there are
   * @param fixed whether images or classes are among them
   */
  record Group(
      List<String> nodes, List<Node> writers, List<Node> readers, int channels, boolean fixed) {}

  private final Map<String, String> parents = new HashMap<>();

  private ChannelGroups() {}

  /** The groups of a graph, in its order. */
  static List<Group> of(ModelGraph graph) {
    ChannelGroups groups = new ChannelGroups();
    groups.parents.put(ModelGraph.INPUT, ModelGraph.INPUT);
    for (Node node : graph.nodes()) {
      groups.parents.put(node.name(), node.name());
      if (!makesChannels(node)) {
        node.inputs().forEach(input -> groups.join(input, node.name()));
      }
    }
    return groups.collect(graph);
  }

  static boolean makesChannels(Node node) {
    return node.layer() instanceof Layer.Conv || node.layer() instanceof Layer.Linear;
  }

  private void join(String one, String other) {
    parents.put(root(other), root(one));
  }

  private String root(String node) {
    String at = node;
    for (String up = parents.get(at); up != null && !up.equals(at); up = parents.get(at)) {
      at = up;
    }
    return at;
  }

  private List<Group> collect(ModelGraph graph) {
    Map<String, List<String>> nodes = new LinkedHashMap<>();
    Map<String, List<Node>> writers = new HashMap<>();
    Map<String, List<Node>> readers = new HashMap<>();
    nodes.computeIfAbsent(root(ModelGraph.INPUT), r -> new ArrayList<>()).add(ModelGraph.INPUT);
    for (Node node : graph.nodes()) {
      String root = root(node.name());
      nodes.computeIfAbsent(root, r -> new ArrayList<>()).add(node.name());
      if (makesChannels(node)) {
        writers.computeIfAbsent(root, r -> new ArrayList<>()).add(node);
        readers.computeIfAbsent(root(node.inputs().get(0)), r -> new ArrayList<>()).add(node);
      }
    }
    Map<String, FeatureShape> shapes = graph.shapes();
    String last = graph.nodes().get(graph.nodes().size() - 1).name();
    List<Group> groups = new ArrayList<>();
    nodes.forEach(
        (root, members) -> {
          FeatureShape shape = shapes.get(members.get(0));
          boolean fixed = members.contains(ModelGraph.INPUT) || members.contains(last);
          groups.add(
              new Group(
                  members,
                  writers.getOrDefault(root, List.of()),
                  readers.getOrDefault(root, List.of()),
                  shape == null ? 0 : shape.channels(),
                  fixed));
        });
    return groups;
  }
}
