package io.ticketflow.learn.flow;

import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** {@link Calculator.Flow} in plain Java. */
public final class PlainFlow implements Calculator.Flow {
  private final FlatLayout layout;
  private final Weights weights;
  private final Map<String, Plane> planes = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Plane last;

  /**
   * The flow of a network, nothing pruned yet.
   *
   * @throws IllegalArgumentException if the network is a TorchScript file, or lacks a tensor
   */
  public PlainFlow(ModelGraph graph, TensorSet network) {
    layout = FlatLayout.of(graph);
    weights = Weights.of(layout, network);
    graph.shapes().forEach((name, shape) -> planes.put(name, Plane.of(shape)));
    for (Node node : graph.nodes()) {
      List<Plane> inputs = node.inputs().stream().map(this::plane).toList();
      steps.add(Steps.of(node, inputs, plane(node.name()), weights));
    }
    last = plane(graph.nodes().get(graph.nodes().size() - 1).name());
  }

  private Plane plane(String name) {
    Plane plane = planes.get(name);
    if (plane == null) {
      throw new IllegalArgumentException("no earlier node is named " + name);
    }
    return plane;
  }

  @Override
  public TensorSet through(Masks masks) {
    layout.check(masks);
    masks.tensors().forEach(name -> block(masks, name));
    double flow = pass();
    List<Tensor> shares = new ArrayList<>();
    for (ParameterSpec spec : layout.trained()) {
      if (masks.get(spec.name()) != null) {
        shares.add(new Tensor(spec.name(), spec.role(), spec.shape(), shares(spec.name(), flow)));
      }
    }
    return TensorSet.of(shares);
  }

  private void block(Masks masks, String name) {
    Mask mask = masks.get(name);
    double[] values = weights.value(name);
    for (int i = 0; mask != null && i < values.length; i++) {
      values[i] = mask.keeps(i) ? values[i] : 0;
    }
  }

  /** Forward and backward; the flow. */
  private double pass() {
    planes.values().forEach(Plane::clear);
    weights.gradients().values().forEach(gradient -> Arrays.fill(gradient, 0));
    Arrays.fill(plane(ModelGraph.INPUT).values(), 1);
    for (Step step : steps) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("the flow was interrupted");
      }
      step.forward();
    }
    double flow = Arrays.stream(last.values()).sum();
    Arrays.fill(last.gradient(), 1);
    for (int i = steps.size() - 1; i >= 0; i--) {
      steps.get(i).backward();
    }
    return flow;
  }

  private float[] shares(String name, double flow) {
    double[] values = weights.value(name);
    double[] gradient = weights.gradient(name);
    double scale = flow == 0 ? 1 : 1 / Math.abs(flow);
    float[] shares = new float[values.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) (Math.abs(gradient[i] * values[i]) * scale);
    }
    return shares;
  }

  @Override
  public void close() {}
}
