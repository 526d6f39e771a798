package io.ticketflow.learn.sparsify;

import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import java.util.Optional;

/**
 * What a sparsifier makes of masks.
 *
 * @param masks from here on, of the same tensors
 * @param carried entries whose weights and moments live on; all others become +0, those among them
 *     that {@code masks} keeps too: connections grown begin at 0, or at {@code grown}
 * @param grown weights of entries that are kept and not carried, by the tensors of the masks, and 0
 *     elsewhere; nothing = they begin at 0
 * @param restarts whether the optimiser begins anew: all of its moments become 0, those of tensors
 *     without masks too
 */
public record MaskChange(Masks masks, Masks carried, Optional<TensorSet> grown, boolean restarts) {
  /** Masks whose entries all go on with the weights that they have. */
  static MaskChange to(Masks masks) {
    return new MaskChange(masks, masks, Optional.empty(), false);
  }
}
