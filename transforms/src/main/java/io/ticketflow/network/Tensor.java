package io.ticketflow.network;

import io.ticketflow.schemas.TensorRole;
import java.util.List;

/**
 * One named array of a network, in the Java heap.
 *
 * @param name as PyTorch's state_dict has it
 * @param shape in PyTorch's order; empty for a scalar
 * @param values row-major; shared, not copied: whoever makes a Tensor gives the array away
 */
public record Tensor(String name, TensorRole role, List<Long> shape, float[] values) {
  public Tensor {
    shape = List.copyOf(shape);
    long size = shape.stream().reduce(1L, Math::multiplyExact);
    if (size != values.length) {
      throw new IllegalArgumentException(
          "tensor " + name + " has shape " + shape + " but " + values.length + " values");
    }
  }

  /** The same tensor with other values. */
  /** The sum with another of its shape, entry by entry. */
  public Tensor plus(Tensor other) {
    float[] sum = values.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.values[i];
    }
    return withValues(sum);
  }

  /** The same tensor with other values, not copied. */
  public Tensor withValues(float[] other) {
    return new Tensor(name, role, shape, other);
  }
}
