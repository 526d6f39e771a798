package io.ticketflow.exchange;

/** What follows the name of a weight in the names of tensors that belong to it, in our files. */
public final class TensorNames {
  /** Zeros and ones: what is kept. */
  public static final String MASK = ".mask";

  /** Of a sparse weight: the numbers that are kept. */
  public static final String VALUES = ".values";

  /** Of a sparse weight: their places in the flattened tensor. */
  public static final String INDICES = ".indices";

  /** Of a sparse weight: the axes of the whole tensor. */
  public static final String SHAPE = ".shape";

  private TensorNames() {}
}
