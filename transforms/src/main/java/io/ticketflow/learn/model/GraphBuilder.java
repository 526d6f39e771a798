package io.ticketflow.learn.model;

import io.ticketflow.learn.model.Layer.Add;
import io.ticketflow.learn.model.Layer.BatchNorm;
import io.ticketflow.learn.model.Layer.Conv;
import io.ticketflow.learn.model.Layer.Linear;
import io.ticketflow.learn.model.Layer.MaxPool;
import io.ticketflow.learn.model.Layer.Relu;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a network down node by node. Each node continues from the one before it, unless {@link
 * #from} says otherwise, and takes its number of inputs from the shape there.
 */
final class GraphBuilder {
  private final FeatureShape images;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, FeatureShape> shapes = new LinkedHashMap<>();
  private String here = ModelGraph.INPUT;

  GraphBuilder(FeatureShape images) {
    this.images = images;
    shapes.put(ModelGraph.INPUT, images);
  }

  /** Name of the node that the next one continues from. */
  String here() {
    return here;
  }

  /** Channels, or features, at this place. */
  int channels() {
    return shapes.getOrDefault(here, images).channels();
  }

  /** The next node continues from that earlier one. */
  GraphBuilder from(String node) {
    here = node;
    return this;
  }

  GraphBuilder then(String name, Layer layer) {
    return node(new Node(name, layer, List.of(here)));
  }

  /** A convolution without bias that keeps the size of the image at stride 1. */
  GraphBuilder conv(String name, int out, int kernel, int stride) {
    return then(name, new Conv(channels(), out, kernel, stride, kernel / 2, false));
  }

  /** A 3×3 convolution with bias that keeps the size of the image. */
  GraphBuilder biasedConv3(String name, int out) {
    return then(name, new Conv(channels(), out, 3, 1, 1, true));
  }

  GraphBuilder norm(String name) {
    return then(name, new BatchNorm(channels()));
  }

  GraphBuilder relu(String name) {
    return then(name, new Relu());
  }

  /** The largest of each 2×2 window: halves the image. */
  GraphBuilder halve(String name) {
    return then(name, new MaxPool(2, 2, 0));
  }

  GraphBuilder linear(String name, int out) {
    return then(name, new Linear(channels(), out, true));
  }

  /** The sum of two earlier nodes. */
  GraphBuilder sum(String name, String one, String other) {
    return node(new Node(name, new Add(), List.of(one, other)));
  }

  ModelGraph build(int classes) {
    return new ModelGraph(images.channels(), images.height(), images.width(), classes, nodes);
  }

  private GraphBuilder node(Node node) {
    shapes.put(node.name(), node.outputShape(shapes));
    nodes.add(node);
    here = node.name();
    return this;
  }
}
