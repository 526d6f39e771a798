package io.ticketflow.store;

import io.ticketflow.math.FisherMean;
import io.ticketflow.schemas.ArtifactRef;
import java.util.List;

/** The mean of networks of one shape and one mask, weighted by their Fisher information. */
public final class ArtifactFisher {
  private ArtifactFisher() {}

  /**
   * An artifact with the {@link FisherMean} of every kept entry, under the networks' own mask.
   * BatchNorm's statistics, which have no information, are averaged and want recalibrating. One
   * chunk of each is in memory at a time.
   *
   * @param networks in particle order, at least one
   * @param information one artifact a network, of the same tensors
   * @param floor what an entry's information counts at least, above 0
   * @throws IllegalArgumentException naming tensor and file, if one has other tensors, shapes or
   *     masks than the first
   * @throws io.ticketflow.math.NonFiniteWeightsException naming the tensor
   */
  public static ArtifactRef of(
      ArtifactStore store,
      List<ArtifactRef> networks,
      List<ArtifactRef> information,
      double floor) {
    try (AlikeNetworks alike = AlikeNetworks.open(store, networks);
        AlikeNetworks known = AlikeNetworks.open(store, information)) {
      return store.write(
          writer -> {
            while (alike.hasNext()) {
              AlikeNetworks.Beside chunks = alike.next();
              List<float[]> beside = known.nextKeptBy(chunks);
              writer.append(chunks.with(FisherMean.of(chunks.kept(), beside, floor)));
            }
          });
    }
  }
}
