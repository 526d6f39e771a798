package io.ticketflow.learn.vector;

import io.ticketflow.kernel.Convolution;
import io.ticketflow.kernel.Geometry;
import io.ticketflow.kernel.Normalisation;
import io.ticketflow.learn.model.FeatureShape;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which passes of BatchNorm and ReLU over maps the units beside them do, row by row. */
final class Fusions {
  private final ModelGraph graph;
  private final MapOwners owners;
  private final Map<String, FeatureShape> shapes;

  Fusions(ModelGraph graph, MapOwners owners) {
    this.graph = graph;
    this.owners = owners;
    shapes = graph.shapes();
  }

  /** Whether a node is a convolution that goes row by row. */
  private boolean isByRows(Node node) {
    Geometry geometry = MapOwners.geometry(node.layer());
    return node.layer() instanceof Layer.Conv
        && geometry != null
        && Convolution.byRows(geometry, width(node.inputs().get(0)), width(node.name()));
  }

  private int width(String node) {
    FeatureShape shape = shapes.get(owners.owner(node));
    return shape == null || !shape.isImage() ? 1 : shape.width();
  }

  private Node node(int at) {
    return graph.nodes().get(at);
  }

  /** The BatchNorm that measures what a convolution writes, and gives the gradient in it. */
  Optional<Node> behind(Node convolution) {
    List<Integer> users = owners.users(convolution.name());
    if (!isByRows(convolution) || users.size() != 2 || users.get(1) != users.get(0) + 1) {
      return Optional.empty();
    }
    return Optional.of(node(users.get(1))).filter(next -> next.layer() instanceof Layer.BatchNorm);
  }

  /** The convolution that a BatchNorm is {@link #behind}. */
  Optional<Node> writer(Node norm) {
    List<Integer> users = owners.users(owners.owner(norm.inputs().get(0)));
    return Optional.of(node(users.get(0)))
        .filter(node -> behind(node).filter(norm::equals).isPresent());
  }

  /** The BatchNorm that makes the rows which a unit reads as one of its inputs. */
  Optional<Node> maker(Node reader, String input) {
    String owner = owners.owner(input);
    List<Integer> users = owners.users(owner);
    Node norm = node(users.get(0));
    if (!norm.name().equals(owner) || !(norm.layer() instanceof Layer.BatchNorm)) {
      return Optional.empty();
    }
    boolean made;
    if (owners.owner(reader.name()).equals(owner)) {
      made = reader.layer() instanceof Layer.Add && input.equals(owner);
    } else if (reader.layer() instanceof Layer.Add) {
      made = input.equals(reader.inputs().get(1)) && isReadOnce(owner);
    } else {
      made = isByRows(reader) && isReadOnce(owner);
    }
    return made ? Optional.of(norm) : Optional.empty();
  }

  /** Whether nobody uses a map but BatchNorm, ReLU right behind it, in place, and one reader. */
  boolean isReadOnce(String owner) {
    List<Node> users = owners.users(owner).stream().map(this::node).toList();
    if (!(users.get(0).layer() instanceof Layer.BatchNorm)) {
      return false;
    }
    return users.size() == 2
        || (users.size() == 3
            && users.get(1).layer() instanceof Layer.Relu
            && users.get(1).inputs().contains(owner)
            && owners.owner(users.get(1).name()).equals(owner));
  }

  /** What BatchNorm leaves to others. */
  Normalisation.Passes elsewhere(Node norm) {
    return new Normalisation.Passes(reader(norm).isPresent(), writer(norm).isPresent());
  }

  /** Who makes what BatchNorm gives. */
  private Optional<Node> reader(Node norm) {
    return owners.users(norm.name()).stream()
        .map(this::node)
        .filter(node -> inputs(node, norm.name()).anyMatch(i -> maker(node, i).isPresent()))
        .findFirst();
  }

  private Stream<String> inputs(Node node, String owner) {
    return node.inputs().stream().filter(input -> owners.owner(input).equals(owner));
  }

  /** Whether a map's values lie in memory. */
  boolean hasValues(String owner) {
    return owner.equals(ModelGraph.INPUT)
        || owners.users(owner).stream()
            .map(this::node)
            .filter(node -> node.name().equals(owner) && node.layer() instanceof Layer.BatchNorm)
            .flatMap(norm -> reader(norm).stream())
            .allMatch(reader -> owners.owner(reader.name()).equals(owner));
  }

  /** The owners of the maps that a node's unit writes and reads. */
  Set<String> used(Node node) {
    Set<String> used = new LinkedHashSet<>(owners.used(node));
    for (String input : node.inputs()) {
      maker(node, input).ifPresent(norm -> used.add(owners.owner(norm.inputs().get(0))));
    }
    return used;
  }

  /**
   * Whether an addition's second addend can have the gradient of the sum, which lies in the first
   * one's map, in the same array: nothing else is done to it before both were read.
   */
  boolean isOneGradient(String first, String second, int addition) {
    if (!(node(addition).layer() instanceof Layer.Add) || first.equals(second)) {
      return false;
    }
    List<Integer> ofFirst = owners.users(first).stream().filter(at -> at < addition).toList();
    List<Integer> ofSecond = owners.users(second).stream().filter(at -> at < addition).toList();
    if (ofFirst.size() != 1) {
      return false;
    }
    Node reader = node(ofFirst.get(0));
    int last = graph.nodes().indexOf(writer(reader).orElse(reader));
    return ofSecond.stream().skip(1).allMatch(user -> user < last);
  }

  /**
   * Nodes whose way back begins row by row, in this order, when a convolution completes the
   * gradient in what it reads: an addition in that map, BatchNorm that wrote it, and BatchNorm that
   * made the second addend.
   */
  List<Node> complete(Node convolution) {
    String map = owners.owner(convolution.inputs().get(0));
    List<Integer> users = owners.users(map);
    List<Node> inPlace =
        users.stream()
            .map(this::node)
            .filter(node -> owners.owner(node.name()).equals(map))
            .toList();
    List<Node> sums = inPlace.stream().filter(node -> node.layer() instanceof Layer.Add).toList();
    boolean completes =
        isByRows(convolution)
            && users.indexOf(graph.nodes().indexOf(convolution)) == inPlace.size()
            && inPlace.stream().allMatch(this::isFollower)
            && sums.size() <= 1;
    if (!completes) {
      return List.of();
    }
    List<Node> all = new ArrayList<>(sums);
    for (Node node : inPlace) {
      boolean last = sums.isEmpty() || sums.get(0).inputs().get(0).equals(node.name());
      if (node.layer() instanceof Layer.BatchNorm && last) {
        all.add(node);
      }
    }
    sums.forEach(sum -> second(sum).ifPresent(all::add));
    return all;
  }

  /** BatchNorm without ReLU that makes an addition's second addend, and has the sum's gradient. */
  private Optional<Node> second(Node sum) {
    String addend = sum.inputs().get(1);
    boolean one = isOneGradient(owners.owner(sum.name()), addend, graph.nodes().indexOf(sum));
    return maker(sum, addend).filter(norm -> one && norm.name().equals(addend));
  }

  /** Whether the way back of a node that works in place goes row by row. */
  private boolean isFollower(Node node) {
    boolean rows = node.layer() instanceof Layer.Add || node.layer() instanceof Layer.BatchNorm;
    return rows || (node.layer() instanceof Layer.Relu && follows(node));
  }

  /** Whether the unit of the node before ReLU does its work. */
  private boolean follows(Node relu) {
    return graph.nodes().stream()
        .filter(node -> node.name().equals(relu.inputs().get(0)))
        .allMatch(
            node ->
                owners.owner(node.name()).equals(owners.owner(relu.name()))
                    && (node.layer() instanceof Layer.Add
                        || node.layer() instanceof Layer.BatchNorm));
  }
}
