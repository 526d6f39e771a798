package io.ticketflow.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each form that a file may have a tensor in gives the same network; what does not fit is named.
 */
class ImportedNetworkTest {
  private static final ParameterSpec WEIGHT =
      new ParameterSpec("fc.weight", TensorRole.PRUNABLE, List.of(2L, 3L));
  private static final ParameterSpec BIAS =
      new ParameterSpec("fc.bias", TensorRole.DENSE, List.of(2L));

  @TempDir Path temp;
  private final Map<TensorEntry, Object> tensors = new LinkedHashMap<>();

  @Test
  void everyFormGivesTheSameNetwork() throws IOException {
    float[] full = {1, 2, 3, 4, 5, 6};
    put("fc.weight", Dtype.F32, List.of(2L, 3L), full);
    put("fc.weight.mask", Dtype.BOOL, List.of(2L, 3L), mask(0, 4));
    assertPruned(read("dense.safetensors"));
    tensors.clear();
    put("fc.weight_orig", Dtype.F32, List.of(2L, 3L), full);
    put("fc.weight_mask", Dtype.F32, List.of(2L, 3L), new float[] {1, 0, 0, 0, 1, 0});
    put("bn.num_batches_tracked", Dtype.I32, List.of(), new int[] {7});
    assertPruned(read("pytorch.npz"));
    tensors.clear();
    put("fc.weight.values", Dtype.F32, List.of(2L), new float[] {5, 1});
    put("fc.weight.indices", Dtype.I32, List.of(2L), new int[] {4, 0});
    put("fc.weight.shape", Dtype.I32, List.of(2L), new int[] {2, 3});
    assertPruned(read("sparse.safetensors"));
  }

  private static void assertPruned(ImportedNetwork network) {
    assertThat(network.weights().get("fc.weight").values()).containsExactly(1, 0, 0, 0, 5, 0);
    assertThat(network.weights().get("fc.bias").values()).containsExactly(7, 8);
    assertThat(network.masks(List.of(WEIGHT)))
        .isEqualTo(new Masks(Map.of("fc.weight", mask(0, 4))));
    assertThatThrownBy(() -> network.masks(List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("prunes fc.weight, which pruning.exclude keeps whole");
  }

  @Test
  void withoutMasksAllIsKept() throws IOException {
    put("fc.weight", Dtype.F32, List.of(2L, 3L), new float[6]);
    assertThat(read("whole.npz").masks(List.of(WEIGHT)).isFull()).isTrue();
  }

  /** name | type | shape | values -> what the sentence has. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fc.weights     | F32  | 2 3 | 1 2 3 4 5 6   | has a tensor fc.weights, which net has not
          fc.weight      | F32  | 3 2 | 1 2 3 4 5 6   | tensor fc.weight has shape [3, 2], where net has [2, 3]
          fc.weight      | I32  | 2 3 | 1 2 3 4 5 6   | tensor fc.weight is I32, and weights are F64
          fc.weight      | F32  | 2 3 | 1 2 NaN 4 5 6 | tensor fc.weight holds NaN
          fc.bias.mask   | F32  | 2   | 1 0           | tensor fc.bias has a mask
          fc.weight.values | F32 | 1  | 1             | has fc.weight.values and no fc.weight.indices
          """)
  void whatDoesNotFitIsNamed(String name, Dtype type, String shape, String values, String why) {
    String[] numbers = values.split(" ", -1);
    float[] floats = new float[numbers.length];
    int[] ints = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      floats[i] = Float.parseFloat(numbers[i]);
      ints[i] = (int) floats[i];
    }
    List<Long> axes = List.of(shape.split(" ", -1)).stream().map(Long::valueOf).toList();
    if (name.startsWith("fc.bias")) {
      put("fc.weight", Dtype.F32, List.of(2L, 3L), new float[6]);
    }
    put(name, type, axes, type == Dtype.I32 ? ints : floats);
    assertThatThrownBy(() -> read("wrong.safetensors"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(temp.resolve("wrong.safetensors").toString())
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({"0 0", "6 0", "-1 0"})
  void placesAreWithinAndOnce(String places) {
    String[] both = places.split(" ", -1);
    put("fc.weight.values", Dtype.F32, List.of(2L), new float[] {5, 1});
    int[] indices = {Integer.parseInt(both[0]), Integer.parseInt(both[1])};
    put("fc.weight.indices", Dtype.I32, List.of(2L), indices);
    put("fc.weight.shape", Dtype.I32, List.of(2L), new int[] {2, 3});
    assertThatThrownBy(() -> read("places.safetensors"))
        .hasMessageContaining("tensor fc.weight.indices names place");
  }

  @Test
  void aMissingTensorIsNamed() {
    assertThatThrownBy(() -> read("none.npz"))
        .hasMessageContaining("has no tensor fc.weight, which net needs, of shape [2, 3]");
  }

  private ImportedNetwork read(String name) throws IOException {
    put("fc.bias", Dtype.F32, List.of(2L), new float[] {7, 8});
    Path file = temp.resolve(name);
    try (TensorWriter out = TestFormats.writer(file, List.copyOf(tensors.keySet()), Map.of())) {
      for (Object values : tensors.values()) {
        if (values instanceof Mask mask) {
          out.append(mask);
        } else if (values instanceof int[] ints) {
          out.append(ints);
        } else {
          out.append((float[]) values);
        }
      }
    }
    return ImportedNetwork.read(file, "net", List.of(WEIGHT, BIAS));
  }

  private void put(String name, Dtype type, List<Long> shape, Object values) {
    tensors.put(new TensorEntry(name, type, shape), values);
  }

  private static Mask mask(int... kept) {
    BitSet bits = new BitSet();
    for (int i : kept) {
      bits.set(i);
    }
    return Mask.of(bits, 6);
  }
}
