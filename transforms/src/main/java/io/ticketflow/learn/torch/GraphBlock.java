package io.ticketflow.learn.torch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.schemas.TensorRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The DJL block of a declared graph: images N × C × H × W in, logits N × classes out. Its
 * parameters have PyTorch's names, in the order of {@link ModelGraph#parameters()}.
 *
 * <p>An intermediate array is closed as soon as the last layer that reads it has run; what the
 * backward pass needs, the engine keeps. That saves memory and, as the allocator hands warm pages
 * out again, time.
 */
public final class GraphBlock extends AbstractBlock implements AutoCloseable {
  private final ModelGraph graph;
  private final LayerForward layers;
  private final List<Set<String>> readForTheLastTime;

  /**
   * @param batchNormMomentum weight of a batch's statistics in the running ones, in PyTorch's
   *     sense: empty = each layer's own, as in training; 1 leaves the statistics of the last batch
   */
  public GraphBlock(ModelGraph graph, OptionalDouble batchNormMomentum) {
    this.graph = graph;
    this.layers = new LayerForward(graph.channels(), batchNormMomentum);
    this.readForTheLastTime = readForTheLastTime(graph.nodes());
    for (ParameterSpec spec : graph.parameters()) {
      addParameter(
          Parameter.builder()
              .setName(spec.name())
              .setType(
                  spec.role() == TensorRole.PRUNABLE ? Parameter.Type.WEIGHT : Parameter.Type.OTHER)
              .optShape(shape(spec))
              // Values come from elsewhere: the engine's generator draws nothing.
              .optInitializer(Initializer.ZEROS)
              .optRequiresGrad(spec.role() != TensorRole.BUFFER)
              .build());
    }
  }

  static Shape shape(ParameterSpec spec) {
    return new Shape(spec.shape().stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * The logits of a batch, with tensors that may come from elsewhere than this block's parameters.
   *
   * @param tensors by PyTorch's name
   * @param images stay open; all arrays made belong to their manager
   * @param training whether BatchNorm normalises by the batch and updates its running statistics
   * @param draws of the step; empty = nothing is dropped
   */
  PtNDArray run(
      Function<String, PtNDArray> tensors,
      PtNDArray images,
      boolean training,
      Optional<StepDraws> draws) {
    Map<String, PtNDArray> open = new HashMap<>();
    open.put(ModelGraph.INPUT, images);
    PtNDArray output = images;
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      List<PtNDArray> inputs = new ArrayList<>(node.inputs().size());
      for (String name : node.inputs()) {
        PtNDArray input = open.get(name);
        if (input == null) {
          throw new IllegalArgumentException(
              "node " + node.name() + " reads " + name + ", which is no earlier node");
        }
        inputs.add(input);
      }
      output = layers.apply(node, inputs, tensors, training, draws);
      open.put(node.name(), output);
      for (String name : readForTheLastTime.get(i)) {
        PtNDArray read = open.remove(name);
        if (read != null) {
          read.close();
        }
      }
    }
    return output;
  }

  /** Frees what its layers hold; parameters are their owner's. */
  @Override
  public void close() {
    layers.close();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    PtNDArray images = (PtNDArray) inputs.singletonOrThrow();
    return new NDList(
        run(
            name -> (PtNDArray) store.getValue(parameters.get(name), images.getDevice(), training),
            images,
            training,
            Optional.empty()));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), graph.classes())};
  }

  private static List<Set<String>> readForTheLastTime(List<Node> nodes) {
    List<Set<String>> last = new ArrayList<>();
    // The images are the caller's to close.
    Set<String> later = new HashSet<>(Set.of(ModelGraph.INPUT));
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Set<String> here = new HashSet<>(nodes.get(i).inputs());
      here.removeAll(later);
      later.addAll(here);
      last.add(0, here);
    }
    return last;
  }
}
