package io.ticketflow.network;

import io.ticketflow.schemas.LayerCount;
import java.util.List;

/**
 * Prunable entries of a network.
 *
 * @param kept how many a mask keeps
 * @param total how many there are
 */
public record Counts(long kept, long total) {
  /** The sums over layers. */
  public static Counts of(List<LayerCount> layers) {
    long kept = 0;
    long total = 0;
    for (LayerCount layer : layers) {
      kept += layer.getKept();
      total += layer.getTotal();
    }
    return new Counts(kept, total);
  }

  /** The share that is kept; NaN where there is no entry. */
  public double density() {
    return (double) kept / total;
  }
}
