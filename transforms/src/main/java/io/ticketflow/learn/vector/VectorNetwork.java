package io.ticketflow.learn.vector;

import io.ticketflow.kernel.Beside;
import io.ticketflow.kernel.Convolution;
import io.ticketflow.kernel.Copy;
import io.ticketflow.kernel.Crew;
import io.ticketflow.kernel.FeatureMap;
import io.ticketflow.kernel.Flatten;
import io.ticketflow.kernel.Follower;
import io.ticketflow.kernel.Geometry;
import io.ticketflow.kernel.MaxPool;
import io.ticketflow.kernel.MeanPool;
import io.ticketflow.kernel.Normalisation;
import io.ticketflow.kernel.Relu;
import io.ticketflow.kernel.Sink;
import io.ticketflow.kernel.Sum;
import io.ticketflow.kernel.Unit;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A network under one mask as units that pass batches on. For one caller at a time. */
final class VectorNetwork {
  private final Crew crew;
  private final ModelGraph graph;
  private final MapPlan maps;
  private final FeatureMap logits;
  private final Unit[] units;
  private final Set<String> fused = new HashSet<>();
  private final Fusions fusions;
  private final Map<String, Normalisation> norms = new HashMap<>();
  private final Map<String, Follower> followers = new HashMap<>();

  /**
   * A network.
   *
   * @param crew what computes it
   * @param weights where its kept weights lie
   * @param share of a batch's statistics in BatchNorm's running ones
   * @param images of the largest batch
   * @param learns whether it has a way back
   */
  VectorNetwork(
      Crew crew,
      ModelGraph graph,
      KeptWeights weights,
      RunningStatistics statistics,
      double share,
      int images,
      boolean learns) {
    this.crew = crew;
    this.graph = graph;
    maps = new MapPlan(graph, images, learns);
    logits = maps.of(graph.nodes().get(graph.nodes().size() - 1).name());
    fusions = maps.fusions();
    Map<String, Sink> sinks = sinks(graph, learns);
    for (Node node : graph.nodes()) {
      if (node.layer() instanceof Layer.BatchNorm) {
        Normalisation norm = norm(node, weights, statistics.of(node.name(), share), sinks);
        norms.put(node.name(), norm);
        followers.put(node.name(), norm.reducing());
      }
    }
    List<Unit> all = new ArrayList<>();
    for (Node node : graph.nodes()) {
      add(node, weights, sinks, all);
    }
    units = all.toArray(Unit[]::new);
  }

  /** Where each node leaves the gradient in each of its inputs, by node and input. */
  private Map<String, Sink> sinks(ModelGraph graph, boolean learns) {
    Map<String, Sink> sinks = new HashMap<>();
    Set<String> written = new HashSet<>();
    List<Node> nodes = new ArrayList<>(graph.nodes());
    Collections.reverse(nodes);
    for (Node node : nodes) {
      for (String input : node.inputs()) {
        String owner = maps.owner(input);
        if (!owner.equals(maps.owner(node.name()))) {
          boolean wanted = learns && !owner.equals(ModelGraph.INPUT);
          sinks.put(
              node.name() + " " + input, new Sink(maps.of(input), wanted, !written.add(owner)));
        }
      }
    }
    return sinks;
  }

  private Normalisation norm(
      Node node, KeptWeights weights, Normalisation.Running running, Map<String, Sink> sinks) {
    return new Normalisation(
        crew,
        sink(sinks, node, node.inputs().get(0)),
        maps.of(node.name()),
        weights.of(node.name() + ".weight").base(),
        weights.of(node.name() + ".bias").base(),
        running,
        isRectified(node),
        fusions.elsewhere(node));
  }

  private void add(Node node, KeptWeights weights, Map<String, Sink> sinks, List<Unit> to) {
    String first = node.inputs().get(0);
    String last = node.inputs().get(node.inputs().size() - 1);
    FeatureMap out = maps.of(node.name());
    boolean inPlace = maps.owner(first).equals(maps.owner(node.name()));
    Sink in = sinks.get(node.name() + " " + first);
    Layer layer = node.layer();
    if (!inPlace && (layer instanceof Layer.Relu || layer instanceof Layer.Add)) {
      to.add(new Copy(crew, sink(sinks, node, first), out));
    }
    if (layer instanceof Layer.Relu) {
      if (!fused.contains(node.name())) {
        to.add(new Relu(crew, out));
      }
    } else if (layer instanceof Layer.Add) {
      Sum sum =
          new Sum(
              crew,
              out,
              sink(sinks, node, last),
              isRectified(node),
              made(node, first),
              made(node, last));
      to.add(sum);
      followers.put(node.name(), sum.rectifying());
    } else if (in == null) {
      return; // features are images already
    } else if (layer instanceof Layer.Conv conv) {
      to.add(convolution(node, in, out, weights, conv.bias()));
    } else if (layer instanceof Layer.Linear linear) {
      to.add(convolution(node, in, out, weights, linear.bias()));
    } else if (layer instanceof Layer.BatchNorm) {
      to.add(normOf(node));
    } else if (layer instanceof Layer.MaxPool pool) {
      to.add(new MaxPool(crew, geometry(pool), in, out));
    } else if (layer instanceof Layer.AvgPool pool) {
      to.add(new MeanPool(crew, pool.kernel(), pool.kernel(), pool.stride(), in, out));
    } else if (layer instanceof Layer.GlobalAvgPool) {
      to.add(new MeanPool(crew, in.map().height(), in.map().width(), 1, in, out));
    } else if (layer instanceof Layer.Flatten) {
      to.add(new Flatten(crew, in, out));
    } else {
      throw new IllegalArgumentException("engine java does not know the layer of " + node.name());
    }
  }

  private Normalisation normOf(Node node) {
    return Objects.requireNonNull(norms.get(node.name()));
  }

  /** What makes the rows of an input; null = they lie in its map. */
  private @Nullable Normalisation made(Node node, String input) {
    return fusions.maker(node, input).map(this::normOf).orElse(null);
  }

  /** Whether ReLU follows a node in place; then the node's own unit does its work. */
  private boolean isRectified(Node node) {
    for (Node next : graph.nodes()) {
      boolean follows = next.inputs().contains(node.name());
      if (follows
          && next.layer() instanceof Layer.Relu
          && maps.owner(next.name()).equals(maps.owner(node.name()))) {
        fused.add(next.name());
        return true;
      }
    }
    return false;
  }

  private static Sink sink(Map<String, Sink> sinks, Node node, String input) {
    Sink sink = sinks.get(node.name() + " " + input);
    if (sink == null) {
      throw new IllegalStateException("node " + node.name() + " has no map of " + input);
    }
    return sink;
  }

  private static Geometry geometry(Layer.MaxPool pool) {
    return new Geometry(pool.kernel(), pool.stride(), pool.padding());
  }

  private Unit convolution(Node node, Sink in, FeatureMap out, KeptWeights weights, boolean bias) {
    Geometry geometry = MapOwners.geometry(node.layer());
    if (geometry == null) {
      throw new IllegalStateException("no weights in " + node.name());
    }
    return new Convolution(
        crew,
        geometry,
        in,
        out,
        weights.of(node.name() + ".weight"),
        bias ? weights.of(node.name() + ".bias").base() : -1,
        new Beside(
            made(node, node.inputs().get(0)),
            fusions.behind(node).map(this::normOf).orElse(null),
            in.wanted()
                ? fusions.complete(node).stream().map(this::follower).toList()
                : List.of()));
  }

  private Follower follower(Node node) {
    return Objects.requireNonNull(followers.get(node.name()));
  }

  /** The map that a batch is written to. */
  FeatureMap input() {
    return maps.of(ModelGraph.INPUT);
  }

  /** The map of the logits. */
  FeatureMap logits() {
    return logits;
  }

  /** Passes a batch on to the logits. */
  void forward(float[] weights, int images, boolean training) {
    for (Unit unit : units) {
      unit.forward(weights, images, training);
    }
  }

  /** Passes the gradient in the logits back; each kept weight's is written. */
  void backward(float[] weights, int images, float[] gradient) {
    for (int i = units.length - 1; i >= 0; i--) {
      units[i].backward(weights, images, gradient);
    }
  }

  /** Writes the logits of a batch, image by image, as rows {@code from … to − 1}. */
  void rows(float[] rows, int from, int to) {
    int classes = logits.channels();
    for (int image = 0; image < to - from; image++) {
      int at = logits.at(image);
      for (int k = 0; k < classes; k++) {
        rows[(from + image) * classes + k] = logits.values()[at + k * logits.channelStep()];
      }
    }
  }
}
