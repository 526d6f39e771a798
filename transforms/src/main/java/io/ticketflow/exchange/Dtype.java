package io.ticketflow.exchange;

import java.util.Arrays;
import java.util.Optional;

/** Types of numbers that tensors of files have, by their names in safetensors and in NumPy. */
public enum Dtype {
  F64("F64", "f8", 8),
  F32("F32", "f4", 4),
  F16("F16", "f2", 2),
  /** NumPy has none. */
  BF16("BF16", "", 2),
  I64("I64", "i8", 8),
  I32("I32", "i4", 4),
  I16("I16", "i2", 2),
  I8("I8", "i1", 1),
  U8("U8", "u1", 1),
  /** A byte, 0 or 1. */
  BOOL("BOOL", "b1", 1);

  private final String safetensors;
  private final String numpy;
  private final int bytes;

  Dtype(String safetensors, String numpy, int bytes) {
    this.safetensors = safetensors;
    this.numpy = numpy;
    this.bytes = bytes;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }

  /** Whether it holds fractions. */
  boolean isFloating() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /** As a header of safetensors has it, such as F32. */
  public String label() {
    return safetensors;
  }

  /** As an array of NumPy has it, such as {@code <f4}. */
  String descr() {
    return (bytes == 1 ? "|" : "<") + numpy;
  }

  static Optional<Dtype> ofLabel(String label) {
    return Arrays.stream(values()).filter(type -> type.safetensors.equals(label)).findFirst();
  }

  static Optional<Dtype> ofDescr(String descr) {
    return Arrays.stream(values())
        .filter(type -> !type.numpy.isEmpty() && type.descr().equals(descr))
        .findFirst();
  }
}
