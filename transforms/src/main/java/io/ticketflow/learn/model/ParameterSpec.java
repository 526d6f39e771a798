package io.ticketflow.learn.model;

import io.ticketflow.schemas.TensorRole;
import java.util.List;

/** Name, role and shape of one tensor of a network. */
public record ParameterSpec(String name, TensorRole role, List<Long> shape) {
  public ParameterSpec {
    shape = List.copyOf(shape);
  }

  /** How many entries the tensor has. */
  public long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** NODE.weight of that role and shape, and NODE.bias, one number an output, if it has one. */
  static List<ParameterSpec> weightAndBias(
      String node, TensorRole role, List<Long> shape, boolean bias) {
    ParameterSpec weight = new ParameterSpec(node + ".weight", role, shape);
    return bias
        ? List.of(weight, new ParameterSpec(node + ".bias", TensorRole.DENSE, shape.subList(0, 1)))
        : List.of(weight);
  }
}
