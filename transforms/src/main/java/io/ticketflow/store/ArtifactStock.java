package io.ticketflow.store;

import io.ticketflow.math.ExactMean;
import io.ticketflow.math.ModelStock;
import io.ticketflow.schemas.ArtifactRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Model Stock of networks of one shape and one mask, and the network from which they set out. */
public final class ArtifactStock {
  private ArtifactStock() {}

  /**
   * An artifact with {@link ModelStock} of every tensor, under the networks' own mask. BatchNorm's
   * statistics are merged like the rest and want recalibrating. The networks are read twice, a
   * chunk of each at a time.
   *
   * @param networks in particle order, at least one
   * @param anchor of the same tensors; its own mask may be another, and what it prunes counts as 0
   * @throws IllegalArgumentException naming tensor and file, if one has other tensors or shapes
   *     than the first, or a network another mask
   * @throws io.ticketflow.math.NonFiniteWeightsException naming the tensor
   */
  public static ArtifactRef of(
      ArtifactStore store, List<ArtifactRef> networks, ArtifactRef anchor) {
    Map<String, ModelStock> tensors = new HashMap<>();
    try (AlikeNetworks alike = AlikeNetworks.open(store, networks);
        ArtifactReader base = store.open(anchor)) {
      while (alike.hasNext()) {
        AlikeNetworks.Beside chunks = alike.next();
        stock(tensors, chunks).add(chunks.kept(), chunks.keptOf(base));
      }
    }
    try (AlikeNetworks alike = AlikeNetworks.open(store, networks);
        ArtifactReader base = store.open(anchor)) {
      return store.write(
          writer -> {
            while (alike.hasNext()) {
              AlikeNetworks.Beside chunks = alike.next();
              float[] anchored = chunks.keptOf(base);
              double share = stock(tensors, chunks).share();
              float[] mean = ExactMean.of(chunks.kept());
              writer.append(chunks.with(ModelStock.between(anchored, mean, share)));
            }
          });
    }
  }

  /** The tensor's own, of all of its chunks. */
  private static ModelStock stock(Map<String, ModelStock> tensors, AlikeNetworks.Beside chunks) {
    return tensors.computeIfAbsent(
        chunks.first().span().tensor(), tensor -> new ModelStock(chunks.kept().size()));
  }
}
