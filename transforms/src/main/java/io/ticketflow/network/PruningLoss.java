package io.ticketflow.network;

import io.ticketflow.math.Mask;
import io.ticketflow.schemas.TensorRole;

/** How much a mask takes of a network. */
public final class PruningLoss {
  private PruningLoss() {}

  /**
   * ‖w − m∘w‖ / ‖w‖, over the square root of the share of the entries kept so far that the mask
   * takes (Zimmer, Spiegel, Pokutta, ICLR 2023, section 3): 1 for weights of equal size, near 0 if
   * the smallest go. 0 if nothing goes.
   *
   * @param all whether w is all that is trained, biases and BatchNorm's parameters too, as in the
   *     authors' code; else the tensors that the mask knows
   * @param before what was kept so far, by name
   * @param after what is kept from here on
   */
  public static double of(TensorSet network, Masks before, Masks after, boolean all) {
    double norm = 0;
    double lost = 0;
    long had = 0;
    long has = 0;
    for (Tensor tensor : network.tensors()) {
      Mask left = after.get(tensor.name());
      if (left == null && (!all || tensor.role() == TensorRole.BUFFER)) {
        continue;
      }
      float[] values = tensor.values();
      for (int i = 0; i < values.length; i++) {
        double square = (double) values[i] * values[i];
        norm += square;
        lost += left == null || left.keeps(i) ? 0 : square;
      }
      if (left == null) {
        continue;
      }
      Mask old = before.get(tensor.name());
      had += old == null ? values.length : old.kept();
      has += left.kept();
    }
    return has == had || norm == 0
        ? 0
        : Math.sqrt(lost / norm) / Math.sqrt((double) (had - has) / had);
  }
}
