package io.ticketflow.store;

import io.ticketflow.network.Counts;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.LayerCount;
import java.util.List;

/**
 * A mask on storage and what it keeps.
 *
 * @param mask an artifact of masks without values, of the tensors that can be pruned
 * @param layers one count per such tensor, in the network's order
 * @param kept sum over the layers
 * @param total entries of those tensors
 */
public record PrunedMask(ArtifactRef mask, List<LayerCount> layers, long kept, long total) {
  public PrunedMask {
    layers = List.copyOf(layers);
  }

  static PrunedMask of(ArtifactRef mask, List<LayerCount> layers) {
    Counts counts = Counts.of(layers);
    return new PrunedMask(mask, layers, counts.kept(), counts.total());
  }
}
