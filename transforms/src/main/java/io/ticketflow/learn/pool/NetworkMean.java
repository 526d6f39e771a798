package io.ticketflow.learn.pool;

import io.ticketflow.math.Mean;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A mean of networks that come one after the other, tensor by tensor; none of them is held. */
public final class NetworkMean {
  private final Supplier<Mean> each;
  private final Map<String, Mean> means = new LinkedHashMap<>();

  /**
   * @param each makes the mean of one tensor
   */
  public NetworkMean(Supplier<Mean> each) {
    this.each = each;
  }

  /** Takes the next network; copies what it needs. */
  public void add(TensorSet network) {
    for (Tensor tensor : network.tensors()) {
      means.computeIfAbsent(tensor.name(), name -> each.get()).add(tensor.values());
    }
  }

  /**
   * The mean of the networks so far.
   *
   * @param pattern gives names, roles and shapes
   */
  public TensorSet mean(TensorSet pattern) {
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor tensor : pattern.tensors()) {
      Mean mean = means.get(tensor.name());
      if (mean == null) {
        throw new IllegalArgumentException("the networks have no tensor " + tensor.name());
      }
      tensors.add(tensor.withValues(mean.mean()));
    }
    return TensorSet.of(tensors);
  }
}
