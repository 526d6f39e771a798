package io.ticketflow.learn.vector;

import io.ticketflow.kernel.FeatureMap;
import io.ticketflow.kernel.Geometry;
import io.ticketflow.learn.model.FeatureShape;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The maps of a network. Nodes that work in place share their first input's: ReLU, additions, and
 * in networks without pixels flattening.
 */
final class MapPlan {
  private final ModelGraph graph;
  private final boolean features;
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, FeatureMap> maps = new HashMap<>();

  /**
   * Plans and makes them.
   *
   * @param images of the largest batch
   */
  MapPlan(ModelGraph graph, int images) {
    this.graph = graph;
    features = isOfFeatures(graph);
    Map<String, FeatureShape> shapes = graph.shapes();
    Map<String, Integer> borders = new HashMap<>();
    owners.put(ModelGraph.INPUT, ModelGraph.INPUT);
    for (Node node : graph.nodes()) {
      owners.put(node.name(), isInPlace(node) ? owner(node.inputs().get(0)) : node.name());
    }
    for (Node node : graph.nodes()) {
      @Nullable Geometry geometry = geometry(node.layer());
      if (geometry != null) {
        borders.merge(owner(node.inputs().get(0)), geometry.borderBefore(), Math::max);
        borders.merge(owner(node.name()), geometry.borderBehind(), Math::max);
      }
    }
    for (String owner : new HashSet<>(owners.values())) {
      FeatureShape shape = shape(shapes, owner);
      maps.put(
          owner,
          features
              ? FeatureMap.ofFeatures(shape.size(), images)
              : FeatureMap.ofImages(
                  shape.channels(),
                  shape.isImage() ? shape.height() : 1,
                  shape.isImage() ? shape.width() : 1,
                  borders.getOrDefault(owner, 0),
                  images));
    }
  }

  /** The square of a layer with weights; null of others. */
  static @Nullable Geometry geometry(Layer layer) {
    if (layer instanceof Layer.Conv conv) {
      return new Geometry(conv.kernel(), conv.stride(), conv.padding());
    }
    return layer instanceof Layer.Linear ? Geometry.POINT : null;
  }

  private static FeatureShape shape(Map<String, FeatureShape> shapes, String name) {
    FeatureShape shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalStateException("no shape of " + name);
    }
    return shape;
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

  /** The node that made the map which a node writes. */
  String owner(String node) {
    String owner = owners.get(node);
    if (owner == null) {
      throw new IllegalStateException("no map of " + node);
    }
    return owner;
  }

  /** The map that a node writes. */
  FeatureMap of(String node) {
    FeatureMap map = maps.get(owner(node));
    if (map == null) {
      throw new IllegalStateException("no map of " + node);
    }
    return map;
  }
}
