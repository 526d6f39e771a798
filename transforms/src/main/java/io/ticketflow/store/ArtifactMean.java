package io.ticketflow.store;

import io.ticketflow.math.ExactMean;
import io.ticketflow.schemas.ArtifactRef;
import java.util.List;

/** The mean of networks of one shape and one mask. */
public final class ArtifactMean {
  private ArtifactMean() {}

  /**
   * An artifact with the {@link ExactMean} of every kept entry, under the networks' own mask.
   * BatchNorm's statistics are averaged like the rest and want recalibrating. The mean of one
   * network is that network's artifact. One chunk of each is in memory at a time.
   *
   * @param networks in particle order, at least one
   * @throws IllegalArgumentException naming tensor and file, if one has other tensors, shapes or
   *     masks than the first
   * @throws io.ticketflow.math.NonFiniteWeightsException naming the tensor
   */
  public static ArtifactRef mean(ArtifactStore store, List<ArtifactRef> networks) {
    try (AlikeNetworks alike = AlikeNetworks.open(store, networks)) {
      return store.write(
          writer -> {
            while (alike.hasNext()) {
              AlikeNetworks.Beside chunks = alike.next();
              writer.append(chunks.with(ExactMean.of(chunks.kept())));
            }
          });
    }
  }
}
