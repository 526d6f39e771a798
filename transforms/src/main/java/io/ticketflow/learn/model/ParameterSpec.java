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
}
