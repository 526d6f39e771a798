package io.ticketflow.learn.sparsify;

import io.ticketflow.network.Masks;

/**
 * What a sparsifier makes of masks.
 *
 * @param masks from here on, of the same tensors
 * @param carried entries whose weights and moments live on; all others become +0, those among them
 *     that {@code masks} keeps too: connections grown begin at 0
 */
public record MaskChange(Masks masks, Masks carried) {
  /** Masks whose entries all go on with the weights that they have. */
  static MaskChange to(Masks masks) {
    return new MaskChange(masks, masks);
  }
}
