package io.ticketflow.exchange.export;

import static java.util.stream.Collectors.joining;

import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.Node;
import io.ticketflow.learn.model.ParameterSpec;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The forward pass of a graph in the language of TorchScript, a line a layer. */
final class TorchCode {
  private final StringBuilder code = new StringBuilder();
  private final Map<String, String> variables = new HashMap<>();

  private TorchCode() {}

  /**
   * The method forward of the class that holds the whole network; it takes images and gives logits.
   *
   * @param scales whether the images are pixels from 0 to 1, which {@link InputScaling} comes
   *     before
   */
  static String of(ModelGraph graph, boolean scales) {
    TorchCode code = new TorchCode();
    code.code.append("  def forward(self: __torch__.Network, x: Tensor) -> Tensor:\n");
    code.variables.put(ModelGraph.INPUT, "x");
    if (scales) {
      code.line(
          ModelGraph.INPUT,
          String.format(
              "torch.div(torch.sub(x, self.%s), self.%s)", InputScaling.MEAN, InputScaling.STD));
    }
    graph.nodes().forEach(node -> code.line(node.name(), code.expression(node)));
    Node last = graph.nodes().get(graph.nodes().size() - 1);
    return code.code + "    return " + code.variables.get(last.name()) + "\n";
  }

  private void line(String node, String expression) {
    String variable = "x" + variables.size();
    code.append("    ").append(variable).append(" = ").append(expression).append("\n");
    variables.put(node, variable);
  }

  private String expression(Node node) {
    Layer layer = node.layer();
    String x = node.inputs().stream().map(variables::get).collect(joining(", "));
    List<String> tensors =
        node.parameters().stream().map(ParameterSpec::name).map(TorchCode::path).toList();
    if (layer instanceof Layer.Conv conv) {
      return call(
          "conv2d",
          x,
          tensors.get(0),
          bias(tensors),
          pair(conv.stride()),
          pair(conv.padding()),
          pair(1),
          "1");
    } else if (layer instanceof Layer.Linear) {
      return call("linear", x, tensors.get(0), bias(tensors));
    } else if (layer instanceof Layer.BatchNorm norm) {
      return call(
          "batch_norm",
          x,
          String.join(", ", tensors),
          "self.training, " + norm.momentum() + ", 1e-05, True");
    } else if (layer instanceof Layer.MaxPool pool) {
      return call(
          "max_pool2d", x, pair(pool.kernel()), pair(pool.stride()), pair(pool.padding()), pair(1));
    } else if (layer instanceof Layer.AvgPool pool) {
      return call(
          "avg_pool2d", x, pair(pool.kernel()), pair(pool.stride()), pair(0), "False", "True");
    } else if (layer instanceof Layer.GlobalAvgPool) {
      return call("flatten", call("adaptive_avg_pool2d", x, pair(1)), "1");
    } else if (layer instanceof Layer.Relu) {
      return call("relu", x);
    } else if (layer instanceof Layer.Dropout dropout) {
      return call("dropout", x, String.valueOf(dropout.share()), "self.training");
    } else if (layer instanceof Layer.Gelu) {
      return call("gelu", x);
    } else if (layer instanceof Layer.Scale scale) {
      return call("mul", x, String.valueOf(scale.factor()));
    } else if (layer instanceof Layer.Add) {
      return call("add", x);
    } else if (layer instanceof Layer.Flatten) {
      return call("flatten", x, "1");
    }
    throw new AssertionError("no TorchScript for " + layer);
  }

  private static String call(String function, String... arguments) {
    return "torch." + function + "(" + String.join(", ", arguments) + ")";
  }

  private static String bias(List<String> tensors) {
    return tensors.size() > 1 ? tensors.get(1) : "None";
  }

  private static String pair(int value) {
    return Collections.nCopies(2, value).toString();
  }

  /** A tensor of a module within modules: steps may be numbers, which are no names of Python. */
  private static String path(String tensor) {
    String path = "self";
    for (String step : tensor.split("\\.", -1)) {
      path = "getattr(" + path + ", \"" + step + "\")";
    }
    return path;
  }
}
