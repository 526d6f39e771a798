package io.ticketflow.learn.model;

import io.ticketflow.learn.data.Batches;
import io.ticketflow.learn.data.Images;
import io.ticketflow.network.Exclusions;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.IdleKeys;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network as data: nodes in an order in which each comes after its inputs. The last node is the
 * output, the logits. Among the orders that can be executed the nodes have the one in which PyTorch
 * registers their modules, so a shortcut comes after the branch that it bypasses.
 *
 * @param channels of the input images
 * @param height of the input images
 * @param width of the input images
 * @param classes how many logits come out
 */
public record ModelGraph(int channels, int height, int width, int classes, List<Node> nodes) {
  /** The name that the images go by among the inputs of a node. */
  public static final String INPUT = "input";

  /**
   * @throws IllegalArgumentException naming the node, if a name occurs twice, an input is not an
   *     earlier node, a shape does not fit, an output leads nowhere, or the last node does not give
   *     one logit a class
   */
  public ModelGraph {
    nodes = List.copyOf(nodes);
    Map<String, FeatureShape> shapes = infer(FeatureShape.image(channels, height, width), nodes);
    requireUse(nodes);
    Node last = nodes.get(nodes.size() - 1);
    FeatureShape output = shapes.get(last.name());
    if (!FeatureShape.flat(classes).equals(output)) {
      throw new IllegalArgumentException(
          "node " + last.name() + ": the output must be " + classes + " logits, got " + output);
    }
  }

  /** The shape that comes out of {@link #INPUT} and of each node, in order, for one image. */
  public Map<String, FeatureShape> shapes() {
    return Collections.unmodifiableMap(infer(FeatureShape.image(channels, height, width), nodes));
  }

  /**
   * Every tensor in the order of PyTorch's state_dict (weight, bias, running_mean, running_var of
   * each module; num_batches_tracked is left out).
   */
  public List<ParameterSpec> parameters() {
    return nodes.stream().flatMap(node -> node.parameters().stream()).toList();
  }

  /** The tensors that may be pruned, in order, but for those that are excluded. */
  public List<ParameterSpec> prunable(Exclusions excluded) {
    return parameters().stream()
        .filter(tensor -> tensor.role() == TensorRole.PRUNABLE && !excluded.contains(tensor.name()))
        .toList();
  }

  /** Trained entries: weights and biases, BatchNorm's included; running statistics are not. */
  public long parameterCount() {
    return parameters().stream()
        .filter(parameter -> parameter.role() != TensorRole.BUFFER)
        .mapToLong(ParameterSpec::size)
        .sum();
  }

  /** First weights that the network brings with it: a TorchScript file's. */
  public Optional<TensorSet> ownWeights() {
    return nodes.get(0).layer() instanceof Layer.Script script
        ? Optional.of(script.file().tensors())
        : Optional.empty();
  }

  /**
   * Images that a batch needs in training: 2 if some BatchNorm sees a single value of each channel
   * in an image, as one value has no variance; else 1. A TorchScript file with BatchNorm needs 2,
   * as nobody knows where it is.
   */
  public int smallestBatch() {
    if (ownWeights().isPresent()) {
      return parameters().stream().anyMatch(tensor -> tensor.role() == TensorRole.BUFFER) ? 2 : 1;
    }
    Map<String, FeatureShape> shapes = shapes();
    boolean single =
        nodes.stream()
            .filter(node -> node.layer() instanceof Layer.BatchNorm)
            .map(node -> shapes.get(node.name()))
            .anyMatch(shape -> shape.height() * shape.width() == 1);
    return single ? 2 : 1;
  }

  /** Adds the keys of trainings that the network has no use for. */
  public void idle(IdleKeys keys) {
    boolean norm = parameters().stream().anyMatch(p -> p.name().endsWith(".running_mean"));
    for (String key : List.of("training.decoupled.normBiases", "training.normalisation")) {
      keys.none(!norm, key, "the network has no BatchNorm");
    }
  }

  /**
   * Accepts images that the network can read.
   *
   * @throws IllegalArgumentException if the network cannot read those images
   */
  public void requireReadable(Images images) {
    if (images.count() == 0) {
      throw new IllegalArgumentException("there are no images to learn from");
    }
    if (channels != images.channels()
        || height != images.height()
        || width != images.width()
        || classes < images.classes()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a network for %d×%d×%d images of %d classes cannot read %d×%d×%d images of %d "
                  + "classes",
              channels,
              height,
              width,
              classes,
              images.channels(),
              images.height(),
              images.width(),
              images.classes()));
    }
  }

  /** Batches to be measured: as in training, but running statistics take single images too. */
  public Batches measured(Images images, int batchSize) {
    int smallest = Math.min(smallestBatch(), Math.min(batchSize, images.count()));
    return new Batches(images.count(), batchSize, Math.max(1, smallest));
  }

  private static Map<String, FeatureShape> infer(FeatureShape images, List<Node> nodes) {
    Map<String, FeatureShape> shapes = new LinkedHashMap<>();
    shapes.put(INPUT, images);
    for (Node node : nodes) {
      if (shapes.put(node.name(), node.outputShape(shapes)) != null) {
        throw new IllegalArgumentException("node " + node.name() + " occurs twice");
      }
    }
    return shapes;
  }

  private static void requireUse(List<Node> nodes) {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a network needs at least one node");
    }
    Set<String> used = new HashSet<>();
    nodes.forEach(node -> used.addAll(node.inputs()));
    for (Node node : nodes.subList(0, nodes.size() - 1)) {
      if (!used.contains(node.name())) {
        throw new IllegalArgumentException("node " + node.name() + ": no node uses its output");
      }
    }
  }
}
