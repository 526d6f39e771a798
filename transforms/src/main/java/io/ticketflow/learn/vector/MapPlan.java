package io.ticketflow.learn.vector;

import io.ticketflow.kernel.FeatureMap;
import io.ticketflow.kernel.Geometry;
import io.ticketflow.learn.model.FeatureShape;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The maps of a network, in memory that serves again where nobody will read what lies there.
 *
 * <p>A network without a way back needs a node's values up to the last node that reads them. One
 * with a way back needs them until then, and a gradient from the last node that uses the map to the
 * first. What is made row by row where it is read lies in no map. Only maps of one geometry follow
 * each other in an array, so that borders stay 0.
 */
final class MapPlan {
  private final MapOwners owners;
  private final Fusions fusions;
  private final int images;
  private final Map<String, FeatureShape> shapes;
  private final Map<String, Integer> borders = new HashMap<>();
  private final Map<String, FeatureMap> maps = new HashMap<>();

  /** What makes two maps alike. */
  private record Kind(FeatureShape shape, int border) {}

  /**
   * Plans and makes them.
   *
   * @param images of the largest batch
   * @param learns whether there is a way back
   */
  MapPlan(ModelGraph graph, int images, boolean learns) {
    this.images = images;
    owners = new MapOwners(graph);
    fusions = new Fusions(graph, owners);
    shapes = graph.shapes();
    for (Node node : graph.nodes()) {
      @Nullable Geometry geometry = MapOwners.geometry(node.layer());
      if (geometry != null) {
        borders.merge(owner(node.inputs().get(0)), geometry.borderBefore(), Math::max);
        borders.merge(owner(node.name()), geometry.borderBehind(), Math::max);
      }
    }
    for (Node node : graph.nodes()) {
      if (node.layer() instanceof Layer.Add) { // the sum's gradient can be its addend's too
        int border = borders.getOrDefault(owner(node.name()), 0);
        borders.merge(owner(node.inputs().get(1)), border, Math::max);
      }
    }
    if (learns) {
      valuesForBothWays();
      gradients(graph.nodes());
    } else {
      values(graph.nodes());
    }
  }

  /** Makes the maps of a way there alone. */
  private void values(List<Node> nodes) {
    Map<String, Integer> last = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String used : fusions.used(nodes.get(i))) {
        last.put(used, i);
      }
    }
    Map<Kind, Deque<FeatureMap>> free = new HashMap<>();
    maps.put(ModelGraph.INPUT, map(ModelGraph.INPUT));
    for (int i = 0; i < nodes.size(); i++) {
      String written = owner(nodes.get(i).name());
      if (!maps.containsKey(written)) {
        FeatureMap again = fusions.hasValues(written) ? free(free, written).poll() : null;
        maps.put(written, again == null ? map(written) : again);
      }
      for (String used : fusions.used(nodes.get(i))) {
        if (last.getOrDefault(used, i) == i && fusions.hasValues(used)) {
          free(free, used).push(of(used));
        }
      }
    }
  }

  private void valuesForBothWays() {
    owners.all().forEach(owner -> maps.put(owner, map(owner)));
  }

  /** Makes room for gradients, from the last node to the first. */
  private void gradients(List<Node> nodes) {
    Map<Kind, Deque<float[]>> free = new HashMap<>();
    IdentityHashMap<float[], Integer> users = new IdentityHashMap<>();
    // what a convolution reads whose own gradient BatchNorm makes of it
    Map<String, String> instead = new HashMap<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      String own = owner(node.name());
      boolean writes = own.equals(node.name());
      boolean inPlace = writes && node.layer() instanceof Layer.BatchNorm; // value by value
      if (inPlace && fusions.elsewhere(node).gradients()) {
        instead.put(owner(node.inputs().get(0)), own);
        continue;
      }
      if (inPlace) {
        free(own, users, free);
      }
      for (String used : owners.used(node)) {
        FeatureMap map = of(used);
        boolean made = instead.containsKey(used);
        if (!map.hasGradient() && !made && !used.equals(ModelGraph.INPUT)) {
          boolean alike = kind(own).equals(kind(used));
          if (alike && fusions.isOneGradient(own, used, i)) {
            map.withGradient(of(own).gradient());
          } else if (alike && instead.containsKey(own) && fusions.isReadOnce(used)) {
            // its rows take the place of values that have just been read for the last time
            map.withGradient(of(own).values());
            continue;
          } else {
            map.withGradient(free(free, used).poll());
          }
          users.merge(map.gradient(), 1, Integer::sum);
        }
      }
      if (writes && !inPlace) {
        free(instead.getOrDefault(own, own), users, free);
      }
    }
  }

  private void free(String owner, Map<float[], Integer> users, Map<Kind, Deque<float[]>> arrays) {
    float[] gradient = of(owner).gradient();
    if (users.containsKey(gradient) && users.merge(gradient, -1, Integer::sum) == 0) {
      free(arrays, owner).push(gradient);
    }
  }

  private <T> Deque<T> free(Map<Kind, Deque<T>> free, String owner) {
    return free.computeIfAbsent(kind(owner), kind -> new ArrayDeque<>());
  }

  private Kind kind(String owner) {
    FeatureShape shape = shapes.get(owner);
    if (shape == null) {
      throw new IllegalStateException("no shape of " + owner);
    }
    return new Kind(shape, borders.getOrDefault(owner, 0));
  }

  private FeatureMap map(String owner) {
    Kind kind = kind(owner);
    FeatureShape shape = kind.shape();
    if (owners.isOfFeatures()) {
      return FeatureMap.ofFeatures(shape.size(), images);
    }
    boolean image = shape.isImage();
    int height = image ? shape.height() : 1;
    int width = image ? shape.width() : 1;
    return fusions.hasValues(owner)
        ? FeatureMap.ofImages(shape.channels(), height, width, kind.border(), images)
        : FeatureMap.withoutValues(shape.channels(), height, width, kind.border(), images);
  }

  /** Who does what for whom. */
  Fusions fusions() {
    return fusions;
  }

  /** The node that made the map which a node writes. */
  String owner(String node) {
    return owners.owner(node);
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
