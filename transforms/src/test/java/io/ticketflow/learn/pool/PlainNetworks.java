package io.ticketflow.learn.pool;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small networks, a judge of them that sees any change, and the plain arithmetic of pools. */
final class PlainNetworks {
  static final List<String> PRUNABLE = List.of("a.weight", "b.weight");
  private static final Map<String, Integer> SIZES = new LinkedHashMap<>();

  static {
    SIZES.put("a.weight", 12);
    SIZES.put("a.bias", 4);
    SIZES.put("whole.weight", 5); // prunable, but excluded: it has no mask
    SIZES.put("b.weight", 9);
    SIZES.put("bn.running_mean", 2);
  }

  private PlainNetworks() {}

  /** Values with magnitudes in common, pruned at random to that many. */
  static SparseNetwork network(long seed, int kept) {
    KeyedRandom draws = KeyedRandom.of(seed, "network");
    Map<String, float[]> values = new LinkedHashMap<>();
    SIZES.forEach(
        (name, size) -> {
          float[] drawn = new float[size];
          for (int i = 0; i < size; i++) {
            drawn[i] = (draws.nextInt(9) - 4) / 4f;
          }
          values.put(name, drawn);
        });
    int[] order = draws.permutation(21);
    Map<String, BitSet> bits =
        new HashMap<>(Map.of("a.weight", new BitSet(), "b.weight", new BitSet()));
    for (int i = 0; i < 21; i++) {
      String name = order[i] < 12 ? "a.weight" : "b.weight";
      int entry = order[i] < 12 ? order[i] : order[i] - 12;
      bits.getOrDefault(name, new BitSet()).set(entry, i < kept);
      if (i >= kept) {
        values.getOrDefault(name, new float[0])[entry] = 0;
      }
    }
    Map<String, Mask> masks = new LinkedHashMap<>();
    PRUNABLE.forEach(
        name ->
            masks.put(
                name, Mask.of(bits.getOrDefault(name, new BitSet()), SIZES.getOrDefault(name, 0))));
    return new SparseNetwork(tensors(values), new Masks(masks));
  }

  static TensorSet tensors(Map<String, float[]> values) {
    List<Tensor> tensors = new ArrayList<>();
    values.forEach(
        (name, array) ->
            tensors.add(new Tensor(name, role(name), List.of((long) array.length), array)));
    return TensorSet.of(tensors);
  }

  static Map<String, float[]> values(TensorSet network) {
    Map<String, float[]> values = new LinkedHashMap<>();
    network.tensors().forEach(tensor -> values.put(tensor.name(), tensor.values().clone()));
    return values;
  }

  private static TensorRole role(String name) {
    return name.endsWith("bias")
        ? TensorRole.DENSE
        : name.startsWith("bn") ? TensorRole.BUFFER : TensorRole.PRUNABLE;
  }

  /** Sets the statistics from the weights: what recalibration stands for here. */
  static Map<String, float[]> recalibrated(Map<String, float[]> network) {
    Map<String, float[]> copy = new LinkedHashMap<>(network);
    float sum = 0;
    for (float value : network.getOrDefault("a.weight", new float[0])) {
      sum += value;
    }
    copy.put("bn.running_mean", new float[] {sum, 2 * sum});
    return copy;
  }

  /** In tenths, so that many networks are as good as each other. */
  static double accuracy(Map<String, float[]> network) {
    double sum = 0;
    int i = 0;
    for (float[] values : network.values()) {
      for (float value : values) {
        sum += value * Math.sin(++i);
      }
    }
    return Math.floor(10 * (1 + Math.sin(sum)) / 2) / 10;
  }

  static Validator validator() {
    return network -> {
      Map<String, float[]> recalibrated = recalibrated(values(network));
      return new Validator.Validated(tensors(recalibrated), accuracy(recalibrated));
    };
  }

  /** The largest magnitudes of the two prunable tensors, by sorting. */
  static Map<String, float[]> pruned(Map<String, float[]> network, long kept) {
    Map<String, float[]> copy = new LinkedHashMap<>();
    network.forEach((name, values) -> copy.put(name, values.clone()));
    List<float[]> entries = new ArrayList<>(); // magnitude, tensor, index
    for (int t = 0; t < 2; t++) {
      float[] values = network.getOrDefault(PRUNABLE.get(t), new float[0]);
      for (int i = 0; i < values.length; i++) {
        entries.add(new float[] {Math.abs(values[i]), t, i});
      }
    }
    entries.sort((x, y) -> Float.compare(y[0], x[0])); // stable: the first of equals stay
    for (float[] lost : entries.subList((int) kept, entries.size())) {
      copy.getOrDefault(PRUNABLE.get((int) lost[1]), new float[0])[(int) lost[2]] = 0;
    }
    return copy;
  }
}
