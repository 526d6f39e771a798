package io.ticketflow.store;

import io.ticketflow.math.ExactMean;
import io.ticketflow.math.ModelStock;
import io.ticketflow.schemas.ArtifactRef;
import java.util.List;

/** Model Stock of networks of one shape and one mask, and the network from which they set out. */
public final class ArtifactStock {
  private ArtifactStock() {}

  /**
   * An artifact with {@link ModelStock} of every tensor, under the networks' own mask. BatchNorm's
   * statistics are merged like the rest and want recalibrating. Tensors are visited twice, to find
   * t and to merge: {@link TensorVisits} says what is in memory.
   *
   * @param networks in particle order, at least one
   * @param anchor of the same tensors; its own mask may be another, and what it prunes counts as 0
   * @throws IllegalArgumentException naming tensor and file, if one has other tensors or shapes
   *     than the first, or a network another mask
   * @throws io.ticketflow.math.NonFiniteWeightsException naming the tensor
   */
  public static ArtifactRef of(
      ArtifactStore store, List<ArtifactRef> networks, ArtifactRef anchor) {
    try (TensorVisits tensors = TensorVisits.of(store, networks, anchor, 2)) {
      return store.write(
          writer -> {
            while (tensors.hasNext()) {
              ModelStock stock = new ModelStock(networks.size());
              tensors.visit(0, (chunks, base) -> stock.add(chunks.kept(), base));
              double share = stock.share();
              tensors.visit(
                  1,
                  (chunks, base) -> {
                    float[] mean = ExactMean.of(chunks.kept());
                    writer.append(chunks.with(ModelStock.between(base, mean, share)));
                  });
            }
          });
    }
  }
}
