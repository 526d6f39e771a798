package io.ticketflow.learn.model;

import static io.ticketflow.schemas.TensorRole.BUFFER;
import static io.ticketflow.schemas.TensorRole.DENSE;
import static io.ticketflow.schemas.TensorRole.PRUNABLE;

import java.util.ArrayList;
import java.util.List;

/**
 * A network as data: nodes in an order in which each comes after its inputs. The last node is the
 * output, the logits.
 *
 * @param channels of the input images
 * @param height of the input images
 * @param width of the input images
 */
public record ModelGraph(int channels, int height, int width, int classes, List<Node> nodes) {
  /** The name that the images go by among the inputs of a node. */
  public static final String INPUT = "input";

  public ModelGraph {
    nodes = List.copyOf(nodes);
  }

  /**
   * Every tensor in the order of PyTorch's state_dict (weight, bias, running_mean, running_var of
   * each module; num_batches_tracked is left out).
   */
  public List<ParameterSpec> parameters() {
    List<ParameterSpec> all = new ArrayList<>();
    for (Node node : nodes) {
      String weight = node.name() + ".weight";
      String bias = node.name() + ".bias";
      if (node.layer() instanceof Layer.Conv conv) {
        long kernel = conv.kernel();
        all.add(
            new ParameterSpec(
                weight, PRUNABLE, List.of((long) conv.out(), (long) conv.in(), kernel, kernel)));
        if (conv.bias()) {
          all.add(new ParameterSpec(bias, DENSE, List.of((long) conv.out())));
        }
      } else if (node.layer() instanceof Layer.Linear linear) {
        all.add(
            new ParameterSpec(weight, PRUNABLE, List.of((long) linear.out(), (long) linear.in())));
        if (linear.bias()) {
          all.add(new ParameterSpec(bias, DENSE, List.of((long) linear.out())));
        }
      } else if (node.layer() instanceof Layer.BatchNorm norm) {
        List<Long> shape = List.of((long) norm.features());
        all.add(new ParameterSpec(weight, DENSE, shape));
        all.add(new ParameterSpec(bias, DENSE, shape));
        all.add(new ParameterSpec(node.name() + ".running_mean", BUFFER, shape));
        all.add(new ParameterSpec(node.name() + ".running_var", BUFFER, shape));
      }
    }
    return all;
  }
}
