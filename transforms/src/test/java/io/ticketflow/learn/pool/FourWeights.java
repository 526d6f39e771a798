package io.ticketflow.learn.pool;

import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Networks of four weights that can be pruned and a bias, for sums by hand. */
final class FourWeights {
  /** An accuracy that is the sum of all entries. */
  static final Validator SUM = network -> new Validator.Validated(network, sum(network));

  private FourWeights() {}

  static Mask mask(int... kept) {
    BitSet bits = new BitSet();
    for (int i : kept) {
      bits.set(i);
    }
    return Mask.of(bits, 4);
  }

  static float[] values(Pooled pooled, String tensor) {
    return pooled.network().weights().get(tensor).values();
  }

  static double sum(TensorSet network) {
    double sum = 0;
    for (Tensor tensor : network.tensors()) {
      for (float value : tensor.values()) {
        sum += value;
      }
    }
    return sum;
  }

  static SparseNetwork network(float... values) {
    BitSet kept = new BitSet();
    for (int i = 0; i < 4; i++) {
      kept.set(i, values[i] != 0);
    }
    return new SparseNetwork(
        TensorSet.of(
            List.of(
                new Tensor(
                    "w",
                    TensorRole.PRUNABLE,
                    List.of(4L),
                    new float[] {values[0], values[1], values[2], values[3]}),
                new Tensor("bias", TensorRole.DENSE, List.of(1L), new float[] {values[4]}))),
        new Masks(Map.of("w", Mask.of(kept, 4))));
  }
}
