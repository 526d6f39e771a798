package io.ticketflow.network;

import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.math.Mask;
import io.ticketflow.spec.PruningSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network and what of it is kept.
 *
 * @param weights +0 where it is pruned
 * @param masks of the tensors that can be pruned, by name in the network's order
 */
public record SparseNetwork(TensorSet weights, Map<String, Mask> masks) {
  public SparseNetwork {
    masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
  }

  /** Entries that the masks keep. */
  public long kept() {
    return masks.values().stream().mapToLong(Mask::kept).sum();
  }

  /** Entries that the masks cover. */
  public long total() {
    return masks.values().stream().mapToLong(Mask::size).sum();
  }

  /** Whether nothing is pruned. */
  public boolean isDense() {
    return kept() == total();
  }

  /**
   * Another network pruned back to this one's density: its largest magnitudes over all of these
   * tensors together, exactly {@link #kept()} of them, ties by (tensor order, index). The masks may
   * differ from these. Where this one is dense, so is the other, as it is.
   *
   * @param other of the same tensors; not changed
   * @throws io.ticketflow.math.NonFiniteWeightsException naming the tensor
   */
  public SparseNetwork pruneAlike(TensorSet other) {
    if (isDense()) {
      return new SparseNetwork(other, masks);
    }
    Map<String, Mask> all = new LinkedHashMap<>();
    masks.forEach((name, mask) -> all.put(name, Mask.full(mask.size())));
    Map<String, Mask> pruned =
        NetworkPruning.prune(other, all, new MagnitudeRanking(), PruningSpec.Scope.GLOBAL, kept());
    return new SparseNetwork(apply(pruned, other), pruned);
  }

  /** The same masks on other values, pruned by them already. */
  public SparseNetwork withWeights(TensorSet other) {
    return new SparseNetwork(other, masks);
  }

  private static TensorSet apply(Map<String, Mask> masks, TensorSet network) {
    return TensorSet.of(
        network.tensors().stream().map(tensor -> apply(masks.get(tensor.name()), tensor)).toList());
  }

  private static Tensor apply(@Nullable Mask mask, Tensor tensor) {
    if (mask == null) {
      return tensor;
    }
    float[] values = tensor.values().clone();
    mask.applyTo(values);
    return tensor.withValues(values);
  }
}
