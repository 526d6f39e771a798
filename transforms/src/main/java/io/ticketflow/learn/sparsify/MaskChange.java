package io.ticketflow.learn.sparsify;

import io.ticketflow.math.Mask;
import java.util.Map;

/**
 * What a sparsifier makes of masks.
 *
 * @param masks from here on, by the names of those before
 * @param carried entries whose weights and moments live on; all others become +0, those among them
 *     that {@code masks} keeps too: connections grown begin at 0
 */
public record MaskChange(Map<String, Mask> masks, Map<String, Mask> carried) {
  public MaskChange {
    masks = Map.copyOf(masks);
    carried = Map.copyOf(carried);
  }

  /** Masks whose entries all go on with the weights that they have. */
  static MaskChange to(Map<String, Mask> masks) {
    return new MaskChange(masks, masks);
  }
}
