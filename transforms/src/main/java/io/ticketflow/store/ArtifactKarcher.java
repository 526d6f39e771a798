package io.ticketflow.store;

import io.ticketflow.math.KarcherMean;
import io.ticketflow.schemas.ArtifactRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Karcher's mean of networks of one shape and one mask. */
public final class ArtifactKarcher {
  private ArtifactKarcher() {}

  /**
   * An artifact with {@link KarcherMean} of every tensor's kept entries, under the networks' own
   * mask. BatchNorm's statistics are merged like the rest and want recalibrating. The networks are
   * read twice, a chunk of each at a time.
   *
   * @param networks in particle order, at least one
   * @throws IllegalArgumentException naming tensor and file, if one has other tensors, shapes or
   *     masks than the first
   * @throws io.ticketflow.math.NonFiniteWeightsException naming the tensor
   */
  public static ArtifactRef of(ArtifactStore store, List<ArtifactRef> networks) {
    Map<String, KarcherMean> tensors = new HashMap<>();
    try (AlikeNetworks alike = AlikeNetworks.open(store, networks)) {
      while (alike.hasNext()) {
        AlikeNetworks.Beside chunks = alike.next();
        tensors
            .computeIfAbsent(
                chunks.first().span().tensor(), tensor -> new KarcherMean(networks.size()))
            .add(chunks.kept());
      }
    }
    Map<String, double[]> shares = new HashMap<>();
    tensors.forEach((tensor, mean) -> shares.put(tensor, mean.shares()));
    try (AlikeNetworks alike = AlikeNetworks.open(store, networks)) {
      return store.write(
          writer -> {
            while (alike.hasNext()) {
              AlikeNetworks.Beside chunks = alike.next();
              double[] ofTensor =
                  Objects.requireNonNull(shares.get(chunks.first().span().tensor()));
              writer.append(chunks.with(KarcherMean.combined(ofTensor, chunks.kept())));
            }
          });
    }
  }
}
