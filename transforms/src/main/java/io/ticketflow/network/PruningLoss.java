package io.ticketflow.network;

import io.ticketflow.math.Mask;

/** How much a mask takes of a network. */
public final class PruningLoss {
  private PruningLoss() {}

  /**
   * ‖w − m∘w‖ / ‖w‖, over the square root of the share of the entries kept so far that the mask
   * takes (Zimmer, Spiegel, Pokutta, ICLR 2023, section 3): 1 for weights of equal size, near 0 if
   * the smallest go. 0 if nothing goes. w are the tensors that the mask knows.
   *
   * @param before what was kept so far, by name
   * @param after what is kept from here on
   */
  public static double of(TensorSet network, Masks before, Masks after) {
    double all = 0;
    double lost = 0;
    long had = 0;
    long has = 0;
    for (Tensor tensor : network.tensors()) {
      Mask left = after.get(tensor.name());
      if (left == null) {
        continue;
      }
      float[] values = tensor.values();
      for (int i = 0; i < values.length; i++) {
        double square = (double) values[i] * values[i];
        all += square;
        lost += left.keeps(i) ? 0 : square;
      }
      Mask old = before.get(tensor.name());
      had += old == null ? values.length : old.kept();
      has += left.kept();
    }
    return has == had || all == 0
        ? 0
        : Math.sqrt(lost / all) / Math.sqrt((double) (had - has) / had);
  }
}
