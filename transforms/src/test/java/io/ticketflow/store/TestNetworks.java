package io.ticketflow.store;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import java.util.List;

/** Small networks to test with. */
final class TestNetworks {
  private TestNetworks() {}

  /** Two prunable tensors (one of them of three chunks), a bias and a buffer, from a seed. */
  static TensorSet drawn(long seed) {
    return TensorSet.of(
        List.of(
            drawn("conv.weight", TensorRole.PRUNABLE, List.of(8L, 3L, 3L, 3L), seed),
            drawn("norm.running_mean", TensorRole.BUFFER, List.of(8L), seed),
            drawn("fc.weight", TensorRole.PRUNABLE, List.of(1000L, 600L), seed),
            drawn("fc.bias", TensorRole.DENSE, List.of(1000L), seed)));
  }

  static Tensor drawn(String name, TensorRole role, List<Long> shape, long seed) {
    KeyedRandom random = KeyedRandom.of(seed, "test", name);
    float[] values = new float[shape.stream().mapToInt(Long::intValue).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Tensor(name, role, shape, values);
  }

  /** A network of prunable vectors w0, w1, … with those values. */
  static TensorSet ofVectors(float[]... vectors) {
    java.util.ArrayList<Tensor> tensors = new java.util.ArrayList<>();
    for (float[] vector : vectors) {
      String name = "w" + tensors.size();
      tensors.add(new Tensor(name, TensorRole.PRUNABLE, List.of((long) vector.length), vector));
    }
    return TensorSet.of(tensors);
  }
}
