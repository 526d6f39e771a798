package io.ticketflow.network;

import io.ticketflow.math.Mask;
import java.util.BitSet;
import java.util.List;

/**
 * The units of a weight of shape [units, inputs, …] that pruning leaves without one.
 *
 * @param units rows of a matrix, or filters
 * @param dead those without a kept entry
 * @param inputs columns of a matrix, or input channels; of depthwise convolutions 1
 * @param unread those that no kept entry reads
 */
public record UnitCounts(int units, int dead, int inputs, int unread) {
  /**
   * Those of a mask.
   *
   * @param shape at least two sizes
   */
  public static UnitCounts of(List<Long> shape, Mask mask) {
    int units = Math.toIntExact(shape.get(0));
    int inputs = Math.toIntExact(shape.get(1));
    int ofUnit = mask.size() / units;
    int ofInput = ofUnit / inputs;
    BitSet alive = new BitSet(units);
    BitSet read = new BitSet(inputs);
    for (int i = mask.nextKept(0); i >= 0; i = mask.nextKept(i + 1)) {
      alive.set(i / ofUnit);
      read.set(i % ofUnit / ofInput);
    }
    return new UnitCounts(units, units - alive.cardinality(), inputs, inputs - read.cardinality());
  }

  /** How many units keep each of their entries, in order. */
  public static int[] perInput(List<Long> shape, Mask mask) {
    int[] kept = new int[mask.size() / Math.toIntExact(shape.get(0))];
    for (int i = mask.nextKept(0); i >= 0; i = mask.nextKept(i + 1)) {
      kept[i % kept.length]++;
    }
    return kept;
  }
}
