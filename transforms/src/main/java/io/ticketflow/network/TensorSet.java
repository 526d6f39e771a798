package io.ticketflow.network;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The tensors of one network in the order of its state_dict; names are unique. */
public final class TensorSet {
  private final Map<String, Tensor> tensors;

  private TensorSet(Map<String, Tensor> tensors) {
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /** These tensors, in this order; no name may be there twice. */
  public static TensorSet of(List<Tensor> tensors) {
    Map<String, Tensor> byName = new LinkedHashMap<>();
    for (Tensor tensor : tensors) {
      if (byName.put(tensor.name(), tensor) != null) {
        throw new IllegalArgumentException("tensor " + tensor.name() + " occurs twice");
      }
    }
    return new TensorSet(byName);
  }

  /** Whether there is a tensor of that name. */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /**
   * The tensor of that name.
   *
   * @throws IllegalArgumentException naming the tensor, if there is none
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("there is no tensor " + name);
    }
    return tensor;
  }

  /** A network of the same tensors, each changed. */
  public TensorSet map(UnaryOperator<Tensor> change) {
    return of(tensors.values().stream().map(change).toList());
  }

  /** All tensors, in order. */
  public Collection<Tensor> tensors() {
    return tensors.values();
  }
}
