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
   * network is that network's artifact. One chunk of each is in memory at a time. Files are read
   * side by side, and the mean is written meanwhile, so two processors are of use.
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
            WriteBehind behind = new WriteBehind(writer);
            byte[] next = new byte[Span.BYTES];
            byte[] last = new byte[Span.BYTES];
            try {
              while (alike.hasNext()) {
                behind.append(mean(alike.nextUnlooked(), next));
                byte[] written = last;
                last = next;
                next = written;
              }
            } finally {
              behind.end();
            }
          });
    }
  }

  private static Chunk mean(List<Chunk> chunks, byte[] out) {
    if (!ExactMean.ofStored(chunks.stream().map(Chunk::stored).toList(), out)) {
      chunks.forEach(AlikeNetworks::finite); // one of them is not, and is named
    }
    Chunk first = chunks.get(0);
    return Chunk.ofBytes(first.span(), first.mask(), out, first.stored().limit());
  }
}
