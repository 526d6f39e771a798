package io.ticketflow.exchange.export;

import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import io.ticketflow.learn.model.ParameterSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The layers of a graph as operators of ONNX, version 13 of its operators. */
final class OnnxNodes {
  static final String OUTPUT = "logits";

  // Fields of NodeProto and AttributeProto, and the latter's types.
  private static final int INPUT = 1;
  private static final int RESULT = 2;
  private static final int NAME = 3;
  private static final int OPERATOR = 4;
  private static final int ATTRIBUTE = 5;
  private static final int FLOAT = 1;
  private static final int INT = 2;
  private static final int INTS = 7;

  private final ModelGraph graph;
  private final boolean scales;

  /**
   * @param scales whether the input is pixels from 0 to 1, which {@link InputScaling} comes before
   */
  OnnxNodes(ModelGraph graph, boolean scales) {
    this.graph = graph;
    this.scales = scales;
  }

  /** In the order of the graph. */
  List<ProtoMessage> all() {
    List<ProtoMessage> all = new ArrayList<>();
    if (scales) {
      String centred = "input.centred";
      all.add(node("Sub", "centre", List.of(ModelGraph.INPUT, InputScaling.MEAN), centred));
      all.add(node("Div", "scale", List.of(centred, InputScaling.STD), scaledInput()));
    }
    for (Node node : graph.nodes()) {
      if (node.layer() instanceof Layer.GlobalAvgPool) {
        String pooled = node.name() + ".pooled";
        all.add(node("GlobalAveragePool", pooled, inputs(node), pooled));
        all.add(flatten(node.name(), List.of(pooled), result(node)));
      } else if (node.layer() instanceof Layer.Gelu) {
        all.addAll(gelu(node));
      } else if (node.layer() instanceof Layer.Scale scale) {
        String factor = node.name() + ".factor";
        all.add(constant(factor, scale.factor()));
        all.add(node("Mul", node.name(), List.of(inputs(node).get(0), factor), result(node)));
      } else {
        all.add(of(node));
      }
    }
    return all;
  }

  /** x · (1 + erf(x / √2)) / 2: the operator Gelu came with version 20. */
  private List<ProtoMessage> gelu(Node node) {
    String name = node.name();
    String x = inputs(node).get(0);
    return List.of(
        constant(name + ".half", 0.5),
        constant(name + ".one", 1),
        constant(name + ".root", Math.sqrt(0.5)),
        node("Mul", name + ".scaled", List.of(x, name + ".root"), name + ".scaled"),
        node("Erf", name + ".erf", List.of(name + ".scaled"), name + ".erf"),
        node("Add", name + ".sum", List.of(name + ".erf", name + ".one"), name + ".sum"),
        node("Mul", name + ".twice", List.of(x, name + ".sum"), name + ".twice"),
        node("Mul", name, List.of(name + ".twice", name + ".half"), result(node)));
  }

  private static ProtoMessage constant(String name, double value) {
    ProtoMessage number = attribute("value_float", FLOAT).real(2, (float) value);
    return node("Constant", name, List.of(), name).message(ATTRIBUTE, number);
  }

  private ProtoMessage of(Node node) {
    Layer layer = node.layer();
    String name = node.name();
    List<String> in = inputs(node);
    String out = result(node);
    if (layer instanceof Layer.Conv conv) {
      return window(node("Conv", name, in, out), conv.kernel(), conv.stride(), conv.padding());
    } else if (layer instanceof Layer.Linear) {
      return node("Gemm", name, in, out).message(ATTRIBUTE, whole("transB", 1));
    } else if (layer instanceof Layer.BatchNorm) {
      ProtoMessage epsilon = attribute("epsilon", FLOAT).real(2, (float) Layer.BatchNorm.EPSILON);
      return node("BatchNormalization", name, in, out).message(ATTRIBUTE, epsilon);
    } else if (layer instanceof Layer.MaxPool pool) {
      return window(node("MaxPool", name, in, out), pool.kernel(), pool.stride(), pool.padding());
    } else if (layer instanceof Layer.AvgPool pool) {
      return window(node("AveragePool", name, in, out), pool.kernel(), pool.stride(), 0);
    } else if (layer instanceof Layer.Dropout) {
      return node("Identity", name, in, out); // in evaluation
    } else if (layer instanceof Layer.Relu) {
      return node("Relu", name, in, out);
    } else if (layer instanceof Layer.Add) {
      return node("Add", name, in, out);
    } else if (layer instanceof Layer.Flatten) {
      return flatten(name, in, out);
    }
    throw new AssertionError("no operator for " + layer);
  }

  /** What a node reads: earlier results, then its tensors. */
  private List<String> inputs(Node node) {
    List<String> names = new ArrayList<>();
    for (String input : node.inputs()) {
      names.add(input.equals(ModelGraph.INPUT) ? scaledInput() : input);
    }
    node.parameters().stream().map(ParameterSpec::name).forEach(names::add);
    return names;
  }

  private String scaledInput() {
    return scales ? "input.scaled" : ModelGraph.INPUT;
  }

  private String result(Node node) {
    boolean last = node.equals(graph.nodes().get(graph.nodes().size() - 1));
    return last ? OUTPUT : node.name();
  }

  private static ProtoMessage flatten(String name, List<String> in, String out) {
    return node("Flatten", name, in, out).message(ATTRIBUTE, whole("axis", 1));
  }

  private static ProtoMessage node(String operator, String name, List<String> in, String out) {
    return new ProtoMessage()
        .texts(INPUT, in)
        .text(RESULT, out)
        .text(NAME, name)
        .text(OPERATOR, operator);
  }

  private static ProtoMessage window(ProtoMessage node, int kernel, int stride, int padding) {
    return node.message(ATTRIBUTE, wholes("kernel_shape", kernel, 2))
        .message(ATTRIBUTE, wholes("strides", stride, 2))
        .message(ATTRIBUTE, wholes("pads", padding, 4));
  }

  private static ProtoMessage whole(String name, long value) {
    return attribute(name, INT).whole(3, value);
  }

  private static ProtoMessage wholes(String name, long value, int times) {
    return attribute(name, INTS).wholes(8, Collections.nCopies(times, value));
  }

  private static ProtoMessage attribute(String name, int type) {
    return new ProtoMessage().text(1, name).whole(20, type);
  }
}
