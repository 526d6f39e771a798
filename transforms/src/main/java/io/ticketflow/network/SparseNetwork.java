package io.ticketflow.network;

import io.ticketflow.math.MagnitudeRanking;
import io.ticketflow.spec.PruningSpec;

/**
 * A network and what of it is kept.
 *
 * @param weights +0 where it is pruned
 * @param masks of the tensors that can be pruned
 */
public record SparseNetwork(TensorSet weights, Masks masks) {
  /** Entries that the masks keep. */
  public long kept() {
    return masks.kept();
  }

  /** Entries that the masks cover. */
  public long total() {
    return masks.total();
  }

  /** Whether nothing is pruned. */
  public boolean isDense() {
    return masks.isFull();
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
    Masks pruned =
        NetworkPruning.prune(
            other, masks.full(), new MagnitudeRanking(), PruningSpec.Scope.GLOBAL, kept());
    return new SparseNetwork(pruned.applyTo(other), pruned);
  }

  /** The same masks on other values, pruned by them already. */
  public SparseNetwork withWeights(TensorSet other) {
    return new SparseNetwork(other, masks);
  }
}
