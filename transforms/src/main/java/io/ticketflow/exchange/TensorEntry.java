package io.ticketflow.exchange;

import java.util.List;

/**
 * One tensor of a file, without its numbers.
 *
 * @param shape every axis from 0; empty for a scalar
 */
public record TensorEntry(String name, Dtype dtype, List<Long> shape) {
  /**
   * @throws IllegalArgumentException if an axis is negative, or the bytes are 2^63 or more
   */
  public TensorEntry {
    shape = List.copyOf(shape);
    long bytes = dtype.bytes();
    boolean empty = shape.contains(0L);
    for (long axis : shape) {
      if (axis < 0 || (!empty && axis > Long.MAX_VALUE / bytes)) {
        throw new IllegalArgumentException(
            "tensor " + name + " has shape " + shape + ", which no tensor has");
      }
      bytes *= empty ? 1 : axis;
    }
  }

  /** Numbers in all. */
  public long size() {
    return shape.contains(0L) ? 0 : shape.stream().reduce(1L, (a, b) -> a * b);
  }

  /** Bytes in all. */
  public long bytes() {
    return size() * dtype.bytes();
  }

  /** Such as F32 64×3×3×3. */
  @Override
  public String toString() {
    return dtype.label() + " " + shape;
  }
}
